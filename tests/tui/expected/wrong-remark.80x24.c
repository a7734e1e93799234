 #1  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments after 2 SYNs; cut off by the client with a reset:
 data still on its way or unread may be lost; the client's application gave up~
         ms client                                                    server
            CLOSED   | ISN 210080474                  ISN 405600896 | LISTEN?  #
 ,    0.000 SYN-SENT |--- SYN 0 ignored -------------------------\->| LISTEN?  x
 `    5.372 SYN-SENT |<-/-- SYN-ACK 4085302878 ack 0 BAD ignored ---| SYN-RCVD #
>           x synack-ack-mismatch  ack is 0, must be 1 (client's ISN + 1)      #
 ,    5.395 SYN-SENT |--- RST 0 ----------------------------------->| LISTEN?  #
 |   15.207 SYN-SENT |--- SYN 0 again ----------------------------->| SYN-RCVD?#
 |          - syn-retx  The SYN got no answer in time, so it is sent again     #
 |            unchanged.                                                       |
 |   35.597 ESTAB?   |<-- SYN-ACK 0 ack 1 ok -----------------------| SYN-RCVD |
 |   35.632 ESTAB    |--- ACK 1 ack 1 ok ------------------------\->| SYN-RCVD |
 |   61.165 ESTAB    |<-- SYN-ACK 0 ack 1 ok again  ignored --------| SYN-RCVD |
 |          - synack-retx  The server did not hear the third segment and       |
 |            repeats its answer.                                              |
--------------------------------------------------------------------------------
 synack-ack-mismatch, error: ack is 0, must be 1 (client's ISN + 1)
 The answer acknowledges a SYN that was never sent; the client must reset it.
 RFC 9293 sec. 3.10.7.3


 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
