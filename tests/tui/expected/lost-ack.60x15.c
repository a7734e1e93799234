 #2  192.0.2.1:40000 -> 192.0.2.2:http   three-way open 20~
  client                                          server
> CLOSED   | ISN 3360931629       ISN 3556448408 |LISTEN?  #
 ,SYN-SENT |--- SYN 0 -------------------------->|SYN-RCVD?!
 |- tuple-reuse  The same ports again: a new connection,   !
 |  not a repetition.                                      |
 |! 2msl-short  reused 39.3 s after the close, before the  |
 |  network forgot the old one                             |
 |ESTAB?   |<-- SYN-ACK 0 ack 1 ok --------------|SYN-RCVD |
 `ESTAB    |--- ACK 1 ack 1 ok ----------------->|ESTAB?   |
------------------------------------------------------------
 Before the first segment the client has no connection
   (CLOSED); that the server waits in LISTEN is assumed
   until it answers.
 Space step  p play  e unfold  r raw  o save  ? help  q back
