 #1  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments in 21.5 ms; closed by the client in four segments.
         ms   client                                             server
              CLOSED        | ISN 2708437550   ISN 2903963509 |  LISTEN ?
>,    0.000   SYN-SENT      |--- SYN  seq 0 ----------------->|  SYN-RECEIVED ?
 |   21.472   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok -----|  SYN-RECEIVED
 `   21.526   ESTABLISHED   |--- ACK  seq 1 ack 1 ok -------->|  ESTABLISHED ?
              .             : 4 segments        51 B > < 79 B :  .
 ,  183.757   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80 ----->|  CLOSE-WAIT ?
 |  248.641   FIN-WAIT-2 ?  |<-- ACK  seq 80 ack 53 ok -------|  CLOSE-WAIT
 |            - ack-delay  acknowledged 43.4 ms late: a delayed ACK
 |  319.674   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok ---|  LAST-ACK
 `  319.701   TIME-WAIT     |--- ACK  ack 81 ok ------------->|  CLOSED ?
--------------------------------------------------------------------------------
 #1 at 0.000 ms: SYN, client to server, window 64240.                          #
 It opens a direction: the client's initial sequence number (ISN) is           #
   2708437550; the SYN takes it, the first octet of data will be 2708437551.   #
   RFC 9293 sec. 3.4                                                           #
 client: CLOSED -> SYN-SENT by sending SYN, RFC 9293 sec. 3.10.1.              |
 server: LISTEN -> SYN-RECEIVED by receiving SYN, RFC 9293 sec. 3.10.7.2;      |
   assumed (?), nothing it sent proves it yet.                                 |
 client: SND.UNA 0, SND.NXT 1  (counted from the ISN)                          |
 save as connection-1.doc
       ^ by the ending: .txt .svg .png .pdf .html a picture, .pcapng the packets
