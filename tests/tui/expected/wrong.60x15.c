 #1  192.0.2.1:40000 -> 192.0.2.2:http   three-way open 5.~
  client                                          server
  CLOSED   | ISN 210080474         ISN 405600896 |LISTEN?  x
 ,SYN-SENT |--- SYN 0 ignored ----------------\->|LISTEN?  x
>`SYN-SENT |<-/SYN-ACK 4085302878 ack 0 BAD igno~|SYN-RCVD |
  x synack-ack-mismatch  ack is 0, must be 1 (client's ISN |
    + 1)                                                   |
 ,SYN-SENT |--- RST 0 -------------------------->|LISTEN?  |
 |SYN-SENT |--- SYN 0 again -------------------->|SYN-RCVD?|
 |- syn-retx  The SYN got no answer in time, so it is sent |
------------------------------------------------------------
 #2 at 5.372 ms: SYN-ACK, server to client, window 64240.  #
 ack 210080474 != 210080475 = the client's ISN 210080474 + |
   1, because a SYN takes one number  BAD  RFC 9293 sec.   |
 Space step  p play  e unfold  r raw  o save  ? help  q back
