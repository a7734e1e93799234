 #1  192.0.2.1:40000 -> 192.0.2.2:http   three-way open 21~
  client                                          server
  CLOSED   |                                     |LISTEN?  #
 ,SYN-SENT |--- SYN 2708437550 ----------------->|SYN-RCVD?#
 |ESTAB?   |<SYN-ACK 2903963509 ack 2708437551 ok|SYN-RCVD #
>`ESTAB    |- ACK 2708437551 ack 2903963510 ok ->|ESTAB?   #
  .        : 4 segments            51 B > < 79 B :.        #
 ,FIN-W-1  | FIN-ACK 2708437602 ack 2903963589 ->|CLOSE-W? #
 |FIN-W-2? |< ACK 2903963589 ack 2708437603 ok --|CLOSE-W  |
 |- ack-delay  acknowledged 43.4 ms late: a delayed ACK    |
------------------------------------------------------------
 #3 at 21.526 ms: ACK, client to server, window 63.        #
 seq 2708437551 = the client's ISN 2708437550 + 1  ok  RFC |
   9293 sec. 3.4                                           |
 Space step  p play  e unfold  r raw  o save  ? help  q back
