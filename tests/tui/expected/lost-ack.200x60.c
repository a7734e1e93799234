 #2  192.0.2.1:40000 -> 192.0.2.2:http                                                                                                               three-way open 20.6 ms - four-way close, by client
 Opened in three segments in 20.6 ms; closed by the client in four segments.
                                          ms   client                                                                                                        server
>                                              CLOSED        | ISN 3360931629                                                              ISN 3556448408 |  LISTEN ?
      three-way open 20.6 ms ,  #13    0.000   SYN-SENT      |--- SYN  seq 0  win 64240  mss 1460  wscale 10  sack  timestamps -------------------------->|  SYN-RECEIVED ?
                             |                 - tuple-reuse  The same ports again: a new connection, not a repetition.
                             |                 ! 2msl-short  reused 39.3 s after the close, before the network forgot the old one
                             |  #14   20.502   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok  win 65160  mss 1460  wscale 10  sack  timestamps --------------|  SYN-RECEIVED
                             `  #15   20.554   ESTABLISHED   |--- ACK  seq 1 ack 1 ok  win 63 ----------------------------------------------------------->|  ESTABLISHED ?
                                               .             : 4 segments                                                                   51 B > < 79 B :  .
   four-way close, by client ,  #20  181.806   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80  win 63 -------------------------------------------------------->|  CLOSE-WAIT ?
                             |  #21  245.266   FIN-WAIT-2 ?  |<-- ACK  seq 80 ack 53 ok  win 64 ----------------------------------------------------------|  CLOSE-WAIT
                             |                 - ack-delay  acknowledged 43 ms late: a delayed ACK
                             |  #22  312.740   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok  win 64 ------------------------------------------------------|  LAST-ACK
                             |  #23  312.777   TIME-WAIT     |--- ACK  ack 81 ok  win 63 --------------------------------------------------------------\->|  LAST-ACK
                             `  #24  537.221   TIME-WAIT     |<-- FIN-ACK  seq 80 ack 53 ok  again  win 64 -----------------------------------------------|  LAST-ACK
                                               - last-ack-lost  The last ACK was lost: the FIN comes again. Why TIME-WAIT exists.
                                #25  537.254   TIME-WAIT     |--- ACK  seq 53 ack 81 ok  win 63 --------------------------------------------------------->|  CLOSED ?
                                               - tw-reack  TIME-WAIT answers again: why it exists.
--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
 Before the first segment the client has no connection (CLOSED); that the server waits in LISTEN is assumed until it answers.






































 Space step  p play  e unfold  r raw  d finding  v diagram  o save  t time  i explain  / find  y copy  w waits  Tab pane  ? help  q back
