 #2  192.0.2.1:40000 -> 192.0.2.2:81                            refused 20.5 ms
 Refused: a reset answered the only SYN: no process listens on port 81, or a
 firewall rejects; see on the server what listens there.
         ms   client                                              server
>             CLOSED        | ISN 3715085144                   |  CLOSED ?
 ,    0.000   SYN-SENT      |--- SYN  seq 0 ------------------>|  CLOSED ?
 `   20.486   CLOSED ?      |<-- RST-ACK  seq 0 ack 1 ok ------|  CLOSED
              - open-refused  no process listens on port 81 of the server
--------------------------------------------------------------------------------
 Before the first segment the client has no connection (CLOSED); that the
   server waits in LISTEN is assumed until it answers.












 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
