 #1  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments in 21.5 ms; closed by the client in four segments.
         ms   client                                             server
              CLOSED        | ISN 2708437550   ISN 2903963509 |  LISTEN ?
 ,    0.000   SYN-SENT      |--- SYN  seq 0 ----------------->|  SYN-RECEIVED ?
 |   21.472   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok -----|  SYN-RECEIVED
 `   21.526   ESTABLISHED   |--- ACK  seq 1 ack 1 ok -------->|  ESTABLISHED ?
              .             : 4 segments        51 B > < 79 B :  .
>,  183.757   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80 ----->|  CLOSE-WAIT ?
 |  248.641   FIN-WAIT-2 ?  |<-- ACK  seq 80 ack 53 ok -------|  CLOSE-WAIT
 |            - ack-delay  acknowledged 43.4 ms late: a delayed ACK
 |  319.674   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok ---|  LAST-ACK
 `  319.701   TIME-WAIT     |--- ACK  ack 81 ok ------------->|  CLOSED ?
--------------------------------------------------------------------------------
 #8 at 183.757 ms: FIN-ACK, client to server, window 63.
 ack 80: the client has everything of the server before number 80 and waits for
   it.
 FIN: the client will send no more; the FIN takes number 52.  RFC 9293 sec. 3.6
 client: ESTABLISHED -> FIN-WAIT-1 by sending FIN, RFC 9293 sec. 3.10.4.
 server: ESTABLISHED -> CLOSE-WAIT by receiving FIN, RFC 9293 sec. 3.10.7.4;
   assumed (?), nothing it sent proves it yet.
 client: SND.UNA 52, SND.NXT 53, RCV.NXT 80  (counted from the ISN)
 server: SND.UNA 80, SND.NXT 80, RCV.NXT 53  (counted from the ISN)
 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
