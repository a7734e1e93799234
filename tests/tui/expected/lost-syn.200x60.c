 #1  192.0.2.1:40000 -> 192.0.2.2:http                                                                                                                three-way open 1.02 s - four-way close, by client
 Opened in three segments after 2 SYNs; closed by the client in four segments.
                                          ms   client                                                                                                 server
                                               CLOSED        | ISN 2726623595                                                       ISN 2937805632 |  LISTEN ?
>      three-way open 1.02 s ,   #1    0.000   SYN-SENT      |--- SYN  seq 0  win 64240  mss 1460  wscale 10  sack  timestamps ------------------->|  SYN-RECEIVED ?
                             |   #2 1002.424   SYN-SENT      |--- SYN  seq 0  again  win 64240  mss 1460  wscale 10  sack  timestamps ------------>|  SYN-RECEIVED ?
                             |                 - syn-retx  SYN number 2, unchanged, 1 s after the first
                             |   #3 1023.265   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok  win 65160  mss 1460  wscale 10  sack  timestamps -------|  SYN-RECEIVED
                             `   #4 1023.321   ESTABLISHED   |--- ACK  seq 1 ack 1 ok  win 63 ---------------------------------------------------->|  ESTABLISHED ?
                                               .             : 4 segments                                                            51 B > < 79 B :  .
   four-way close, by client ,   #9 1184.578   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80  win 63 ------------------------------------------------->|  CLOSE-WAIT ?
                             |  #10 1248.923   FIN-WAIT-2 ?  |<-- ACK  ack 53 ok  win 64 ----------------------------------------------------------|  CLOSE-WAIT
                             |  #11 1315.374   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok  win 64 -----------------------------------------------|  LAST-ACK
                             `  #12 1315.406   TIME-WAIT     |--- ACK  ack 81 ok  win 63 --------------------------------------------------------->|  CLOSED ?
--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
 #1 at 0.000 ms: SYN, client to server, window 64240.
 It opens a direction: the client's initial sequence number (ISN) is 2726623595; the SYN takes it, the first octet of data will be 2726623596.  RFC 9293 sec. 3.4
 client: CLOSED -> SYN-SENT by sending SYN, RFC 9293 sec. 3.10.1.
 server: LISTEN -> SYN-RECEIVED by receiving SYN, RFC 9293 sec. 3.10.7.2; assumed (?), nothing it sent proves it yet.
 client: SND.UNA 0, SND.NXT 1  (counted from the ISN)
 server: RCV.NXT 1  (counted from the ISN)
 MSS: the client takes segments of up to 1460 octets of data.
 Window scale 10: later windows of the client count times 1024, if both sides sent this option.  RFC 7323 sec. 2
 SACK-permitted: the client understands selective acknowledgements.
 Timestamps: round trips can be measured, old segments told apart.


































 Space step  p play  e unfold  r raw  d finding  v diagram  o save  t time  i explain  / find  y copy  w waits  Tab pane  ? help  q back
