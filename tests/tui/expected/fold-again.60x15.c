 #1  192.0.2.1:40000 -> 192.0.2.2:http   three-way open 21~
         ms client                                server
            CLOSED   | ISN 2708437550           | LISTEN?  #
 ,    0.000 SYN-SENT |--- SYN 0 --------------->| SYN-RCVD?#
 |   21.472 ESTAB?   |<-- SYN-ACK 0 ack 1 ok ---| SYN-RCVD #
 `   21.526 ESTAB    |--- ACK 1 ack 1 ok ------>| ESTAB?   #
>           .        : 4 segments 51 B > < 79 B : .        #
 ,  183.757 FIN-W-1  |--- FIN-ACK 52 ack 80 --->| CLOSE-W? |
 |  248.641 FIN-W-2? |<-- ACK 80 ack 53 ok -----| CLOSE-W  |
 |          - ack-delay  acknowledged 43.4 ms late: a      |
------------------------------------------------------------
 4 ordinary segments in 0 ns, folded                       #
 Data in order and its acknowledgements; no state moved.   #
 client to server: 2 segments, 51 octets of data.          |
 Space step  p play  e unfold  r raw  o save  ? help  q back
