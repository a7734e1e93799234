 #1  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments in 21.5 ms; closed by the client in four segments.
         ms   client                                             server
              CLOSED        | ISN 2708437550   ISN 2903963509 |  LISTEN ?
 ,    0.000   SYN-SENT      |--- SYN  seq 0 ----------------->|  SYN-RECEIVED ?
 |   21.472   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok -----|  SYN-RECEIVED
 `   21.526   ESTABLISHED   |--- ACK  seq 1 ack 1 ok -------->|  ESTABLISHED ?
>             .             : 4 segments        51 B > < 79 B :  .
 ,  183.757   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80 ----->|  CLOSE-WAIT ?
 |  248.641   FIN-WAIT-2 ?  |<-- ACK  seq 80 ack 53 ok -------|  CLOSE-WAIT
 |            - ack-delay  acknowledged 43.4 ms late: a delayed ACK
 |  319.674   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok ---|  LAST-ACK
 `  319.701   TIME-WAIT     |--- ACK  ack 81 ok ------------->|  CLOSED ?
--------------------------------------------------------------------------------
 4 ordinary segments in 0 ns, folded
 Data in order and its acknowledgements; no state moved.
 client to server: 2 segments, 51 octets of data.
 server to client: 2 segments, 79 octets of data.





 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
