 #1  192.0.2.1:40000 -> 192.0.2.2:http   three-way open 1.~
         ms client                                server
            CLOSED   | ISN 2726623595           | LISTEN?  #
>,    0.000 SYN-SENT |--- SYN 0 --------------->| SYN-RCVD?#
 | 1002.424 SYN-SENT |--- SYN 0 again --------->| SYN-RCVD?#
 |          - syn-retx  SYN number 2, unchanged, 1 s after #
 |            the first                                    #
 | 1023.265 ESTAB?   |<-- SYN-ACK 0 ack 1 ok ---| SYN-RCVD |
 ` 1023.321 ESTAB    |--- ACK 1 ack 1 ok ------>| ESTAB?   |
            .        : 4 segments 51 B > < 79 B : .        |
------------------------------------------------------------
 #1 at 0.000 ms: SYN, client to server, window 64240.      #
 It opens a direction: the client's initial sequence number|
   (ISN) is 2726623595; the SYN takes it, the first octet  |
 Space step  p play  e unfold  r raw  o save  ? help  q back
