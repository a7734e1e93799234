 #1  192.0.2.1:40000 -> 192.0.2.2:http                                                                                                               three-way open 21.5 ms - four-way close, by client
 Opened in three segments in 21.5 ms; closed by the client in four segments.
                                          ms   client                                                                                                 server
                                               CLOSED        | ISN 2708437550                                                       ISN 2903963509 |  LISTEN ?
      three-way open 21.5 ms ,   #1    0.000   SYN-SENT      |--- SYN  seq 0  win 64240  mss 1460  wscale 10  sack  timestamps ------------------->|  SYN-RECEIVED ?
                             |   #2   21.472   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok  win 65160  mss 1460  wscale 10  sack  timestamps -------|  SYN-RECEIVED
                             `   #3   21.526   ESTABLISHED   |--- ACK  seq 1 ack 1 ok  win 63  timestamps ---------------------------------------->|  ESTABLISHED ?
>                                #4   62.968   ESTABLISHED   |--- seq 1  51 B  win 63  timestamps ------------------------------------------------>|  ESTABLISHED ?
                                 #5   84.179   ESTABLISHED   |<-- ACK  ack 52  win 64  timestamps -------------------------------------------------|  ESTABLISHED
                                 #6  133.848   ESTABLISHED   |<-- seq 1  79 B  win 64  timestamps -------------------------------------------------|  ESTABLISHED
                                 #7  133.882   ESTABLISHED   |--- ACK  ack 80  win 63  timestamps ------------------------------------------------>|  ESTABLISHED
   four-way close, by client ,   #8  183.757   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80  win 63  timestamps ------------------------------------->|  CLOSE-WAIT ?
                             |   #9  248.641   FIN-WAIT-2 ?  |<-- ACK  seq 80 ack 53 ok  win 64  timestamps ---------------------------------------|  CLOSE-WAIT
                             |                 - ack-delay  acknowledged 43.4 ms late: a delayed ACK
                             |  #10  319.674   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok  win 64  timestamps -----------------------------------|  LAST-ACK
                             `  #11  319.701   TIME-WAIT     |--- ACK  ack 81 ok  win 63  timestamps --------------------------------------------->|  CLOSED ?
--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
 #4 at 62.968 ms: data, client to server, 51 octets, window 63.
 ack 1: the client has everything of the server before number 1 and waits for it.
 It carries the octets 1 to 51 of the client's stream.
 client: stays in ESTABLISHED.
 server: stays in ESTABLISHED; assumed (?), nothing it sent proves it yet.
 client: SND.UNA 1, SND.NXT 52, RCV.NXT 1  (counted from the ISN)
 server: SND.UNA 1, SND.NXT 1, RCV.NXT 52  (counted from the ISN)



































 Space step  p play  e unfold  r raw  d finding  v diagram  o save  t time  i explain  / find  y copy  w waits  Tab pane  ? help  q back
