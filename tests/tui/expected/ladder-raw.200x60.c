 #1  192.0.2.1:40000 -> 192.0.2.2:http                                                                                                               three-way open 21.5 ms - four-way close, by client
 Opened in three segments in 21.5 ms; closed by the client in four segments.
                                          ms   client                                                                                                                 server
                                               CLOSED        |                                                                                                     |  LISTEN ?
      three-way open 21.5 ms ,   #1    0.000   SYN-SENT      |--- SYN  seq 2708437550  win 64240  mss 1460  wscale 10  sack  timestamps -------------------------->|  SYN-RECEIVED ?
                             |   #2   21.472   ESTABLISHED ? |<-- SYN-ACK  seq 2903963509 ack 2708437551 ok  win 65160  mss 1460  wscale 10  sack  timestamps -----|  SYN-RECEIVED
>                            `   #3   21.526   ESTABLISHED   |--- ACK  seq 2708437551 ack 2903963510 ok  win 63 -------------------------------------------------->|  ESTABLISHED ?
                                               .             : 4 segments                                                                            51 B > < 79 B :  .
   four-way close, by client ,   #8  183.757   FIN-WAIT-1    |--- FIN-ACK  seq 2708437602 ack 2903963589  win 63 ------------------------------------------------->|  CLOSE-WAIT ?
                             |   #9  248.641   FIN-WAIT-2 ?  |<-- ACK  seq 2903963589 ack 2708437603 ok  win 64 ---------------------------------------------------|  CLOSE-WAIT
                             |                 - ack-delay  acknowledged 43.4 ms late: a delayed ACK
                             |  #10  319.674   TIME-WAIT ?   |<-- FIN-ACK  seq 2903963589 ack 2708437603 ok  win 64 -----------------------------------------------|  LAST-ACK
                             `  #11  319.701   TIME-WAIT     |--- ACK  ack 2903963590 ok  win 63 ----------------------------------------------------------------->|  CLOSED ?
--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
 #3 at 21.526 ms: ACK, client to server, window 63.
 seq 2708437551 = the client's ISN 2708437550 + 1  ok  RFC 9293 sec. 3.4
 ack 2903963510 = the server's ISN 2903963509 + 1, because a SYN takes one number  ok  RFC 9293 sec. 3.4
 client: stays in ESTABLISHED.
 server: SYN-RECEIVED -> ESTABLISHED by receiving ACK of SYN, RFC 9293 sec. 3.10.7.4; assumed (?), nothing it sent proves it yet.
 client: SND.UNA 1, SND.NXT 1, RCV.NXT 1  (counted from the ISN)
 server: SND.UNA 1, SND.NXT 1, RCV.NXT 1  (counted from the ISN)






































 Space step  p play  e unfold  r raw  d finding  v diagram  o save  t time  i explain  / find  y copy  w waits  Tab pane  ? help  q back
