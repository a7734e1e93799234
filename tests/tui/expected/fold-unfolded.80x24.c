 #1  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments in 21.5 ms; closed by the client in four segments.
         ms   client                                             server
              CLOSED        | ISN 2708437550   ISN 2903963509 |  LISTEN ?
 ,    0.000   SYN-SENT      |--- SYN  seq 0 ----------------->|  SYN-RECEIVED ?
 |   21.472   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok -----|  SYN-RECEIVED
 `   21.526   ESTABLISHED   |--- ACK  seq 1 ack 1 ok -------->|  ESTABLISHED ?
>    62.968   ESTABLISHED   |--- seq 1  51 B ---------------->|  ESTABLISHED ?
     84.179   ESTABLISHED   |<-- ACK  ack 52 -----------------|  ESTABLISHED
    133.848   ESTABLISHED   |<-- seq 1  79 B -----------------|  ESTABLISHED
    133.882   ESTABLISHED   |--- ACK  ack 80 ---------------->|  ESTABLISHED
 ,  183.757   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80 ----->|  CLOSE-WAIT ?
 |  248.641   FIN-WAIT-2 ?  |<-- ACK  seq 80 ack 53 ok -------|  CLOSE-WAIT
 |            - ack-delay  acknowledged 43.4 ms late: a delayed ACK
 |  319.674   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok ---|  LAST-ACK
 `  319.701   TIME-WAIT     |--- ACK  ack 81 ok ------------->|  CLOSED ?
--------------------------------------------------------------------------------
 #4 at 62.968 ms: data, client to server, 51 octets, window 63.                #
 ack 1: the client has everything of the server before number 1 and waits for  #
   it.                                                                         #
 It carries the octets 1 to 51 of the client's stream.                         #
 client: stays in ESTABLISHED.                                                 |
 server: stays in ESTABLISHED; assumed (?), nothing it sent proves it yet.     |
 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
