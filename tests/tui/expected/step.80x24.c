 #1  192.0.2.1:40000 -> 192.0.2.2:http                             step 2 of 10
 Opened in three segments in 21.5 ms; closed by the client in four segments.
         ms   client                                             server
              CLOSED        | ISN 2708437550   ISN 2903963509 |  LISTEN ?
>,    0.000   SYN-SENT      |--- SYN  seq 0 ----------------->|  SYN-RECEIVED ?












--------------------------------------------------------------------------------
 #1 at 0.000 ms: SYN, client to server, window 64240.                          #
 It opens a direction: the client's initial sequence number (ISN) is           |
   2708437550; the SYN takes it, the first octet of data will be 2708437551.   |
   RFC 9293 sec. 3.4                                                           |
 client: CLOSED -> SYN-SENT by sending SYN, RFC 9293 sec. 3.10.1.              |
 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
