 #1  192.0.2.1:40000 -> 192.0.2.2:http   three-way open 21~
  client                                          server
  CLOSED   | ISN 2708437550       ISN 2903963509 |LISTEN?  #
 ,SYN-SENT |--- SYN 0 -------------------------->|SYN-RCVD?#
 |ESTAB?   |<-- SYN-ACK 0 ack 1 ok --------------|SYN-RCVD #
 `ESTAB    |--- ACK 1 ack 1 ok ----------------->|ESTAB?   #
> .        : 4 segments            51 B > < 79 B :.        #
 ,FIN-W-1  |--- FIN-ACK 52 ack 80 -------------->|CLOSE-W? #
 |FIN-W-2? |<-- ACK 80 ack 53 ok ----------------|CLOSE-W  |
 |- ack-delay  acknowledged 43.4 ms late: a delayed ACK    |
------------------------------------------------------------
 4 ordinary segments in 0 ns, folded                       #
 Data in order and its acknowledgements; no state moved.   #
 client to server: 2 segments, 51 octets of data.          |
 Space step  p play  e unfold  r raw  o save  ? help  q back
