 #1  192.0.2.1:40000 -> 192.0.2.2:http                                                                                                               three-way open 21.5 ms - four-way close, by client
 Opened in three segments in 21.5 ms; closed by the client in four segments.
                                          ms   client                                                                                                 server
                                               CLOSED        | ISN 2708437550                                                       ISN 2903963509 |  LISTEN ?
      three-way open 21.5 ms ,   #1    0.000   SYN-SENT      |--- SYN  seq 0  win 64240  mss 1460  wscale 10  sack  timestamps ------------------->|  SYN-RECEIVED ?
                             |   #2   21.472   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok  win 65160  mss 1460  wscale 10  sack  timestamps -------|  SYN-RECEIVED
                             `   #3   21.526   ESTABLISHED   |--- ACK  seq 1 ack 1 ok  win 63 ---------------------------------------------------->|  ESTABLISHED ?
>                                              .             : 4 segments                                                            51 B > < 79 B :  .
   four-way close, by client ,   #8  183.757   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80  win 63 ------------------------------------------------->|  CLOSE-WAIT ?
                             |   #9  248.641   FIN-WAIT-2 ?  |<-- ACK  seq 80 ack 53 ok  win 64 ---------------------------------------------------|  CLOSE-WAIT
                             |                 - ack-delay  acknowledged 43.4 ms late: a delayed ACK
                             |  #10  319.674   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok  win 64 -----------------------------------------------|  LAST-ACK
                             `  #11  319.701   TIME-WAIT     |--- ACK  ack 81 ok  win 63 --------------------------------------------------------->|  CLOSED ?
--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
 4 ordinary segments in 0 ns, folded
 Data in order and its acknowledgements; no state moved.
 client to server: 2 segments, 51 octets of data.
 server to client: 2 segments, 79 octets of data.









































 Space step  p play  e unfold  r raw  d finding  v diagram  o save  t time  i explain  / find  y copy  w waits  Tab pane  ? help  q back
