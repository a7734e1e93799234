 #1  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments after 2 SYNs; closed by the client in four segments.
 A rule of the protocol was broken: see the remarks.
         ms client                                                    server
            CLOSED   | ISN 210080474                  ISN 405600896 | LISTEN?  #
 ,    0.000 SYN-SENT |--- SYN 0 ----------------------------------->| SYN-RCVD?x
 |    5.372 SYN-SENT |<-/-- SYN-ACK 4085302878 ack 0 BAD ignored ---| SYN-RCVD #
>|          x synack-ack-mismatch  ack is 0, must be 1 (client's ISN + 1)      #
 |    5.395 SYN-SENT |--- RST 0 ----------------------------------->| SYN-RCVD #
 |   15.207 SYN-SENT |--- SYN 0 again ---------------------------\->| SYN-RCVD #
 |          - syn-retx  SYN number 2, unchanged, 15.2 ms after the first       #
 |   35.597 ESTAB?   |<-- SYN-ACK 0 ack 1 ok -----------------------| SYN-RCVD #
 |   35.632 ESTAB    |--- ACK 1 ack 1 ok ------------------------\->| SYN-RCVD |
 `   61.165 ESTAB    |<-- SYN-ACK 0 ack 1 ok again -----------------| SYN-RCVD |
            - synack-retx  again after 25.6 ms: no third segment was heard     |
            - third-ack-lost  SYN-ACK again 25.5 ms after it: lost or ignored  |
     61.184 ESTAB    |--- ACK ack 1 ------------------------------->| ESTAB?   |
--------------------------------------------------------------------------------
 synack-ack-mismatch, error: ack is 0, must be 1 (client's ISN + 1)
 The answer acknowledges a SYN that was never sent; the client must reset it.
 RFC 9293 sec. 3.10.7.3


 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
