 #1  192.0.2.1:40000 -> 192.0.2.2:http   three-way open 21~
         ms client                                server
            CLOSED   | ISN 2708437550           | LISTEN?  #
>,    0.000 SYN-SENT |--- SYN 0 --------------->| SYN-RCVD?#
 |   21.472 ESTAB?   |<-- SYN-ACK 0 ack 1 ok ---| SYN-RCVD #
 `   21.526 ESTAB    |--- ACK 1 ack 1 ok ------>| ESTAB?   #
            .        : 4 segments 51 B > < 79 B : .        #
 ,  183.757 FIN-W-1  |--- FIN-ACK 52 ack 80 --->| CLOSE-W? |
 |  248.641 FIN-W-2? |<-- ACK 80 ack 53 ok -----| CLOSE-W  |
 |          - ack-delay  acknowledged 43.4 ms late: a      |
------------------------------------------------------------
 #1 at 0.000 ms: SYN, client to server, window 64240.      #
 It opens a direction: the client's initial sequence number|
   (ISN) is 2708437550; the SYN takes it, the first octet  |
 it is there already: overwrite? (y/n)
