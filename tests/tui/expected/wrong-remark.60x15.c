 #1  192.0.2.1:40000 -> 192.0.2.2:http   three-way open 61~
  client                                          server
  CLOSED   | ISN 210080474         ISN 405600896 |LISTEN?  x
 ,SYN-SENT |--- SYN 0 -------------------------->|SYN-RCVD?x
 |SYN-SENT |<-/SYN-ACK 4085302878 ack 0 BAD igno~|SYN-RCVD |
>|x synack-ack-mismatch  ack is 0, must be 1 (client's ISN |
 |  + 1)                                                   |
 |SYN-SENT |--- RST 0 -------------------------->|SYN-RCVD |
 |SYN-SENT |--- SYN 0 again ------------------\->|SYN-RCVD |
 |- syn-retx  SYN number 2, unchanged, 15.2 ms after the   |
------------------------------------------------------------
 synack-ack-mismatch, error: ack is 0, must be 1 (client's #
   ISN + 1)                                                |
 The answer acknowledges a SYN that was never sent; the    |
 Space step  p play  e unfold  r raw  o save  ? help  q back
