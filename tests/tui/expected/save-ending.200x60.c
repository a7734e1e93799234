 #1  192.0.2.1:40000 -> 192.0.2.2:http                                                                                                               three-way open 21.5 ms - four-way close, by client
 Opened in three segments in 21.5 ms; closed by the client in four segments.
                                          ms   client                                                                                                 server
                                               CLOSED        | ISN 2708437550                                                       ISN 2903963509 |  LISTEN ?
>     three-way open 21.5 ms ,   #1    0.000   SYN-SENT      |--- SYN  seq 0  win 64240  mss 1460  wscale 10  sack  timestamps ------------------->|  SYN-RECEIVED ?
                             |   #2   21.472   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok  win 65160  mss 1460  wscale 10  sack  timestamps -------|  SYN-RECEIVED
                             `   #3   21.526   ESTABLISHED   |--- ACK  seq 1 ack 1 ok  win 63 ---------------------------------------------------->|  ESTABLISHED ?
                                               .             : 4 segments                                                            51 B > < 79 B :  .
   four-way close, by client ,   #8  183.757   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80  win 63 ------------------------------------------------->|  CLOSE-WAIT ?
                             |   #9  248.641   FIN-WAIT-2 ?  |<-- ACK  seq 80 ack 53 ok  win 64 ---------------------------------------------------|  CLOSE-WAIT
                             |                 - ack-delay  acknowledged 43.4 ms late: a delayed ACK
                             |  #10  319.674   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok  win 64 -----------------------------------------------|  LAST-ACK
                             `  #11  319.701   TIME-WAIT     |--- ACK  ack 81 ok  win 63 --------------------------------------------------------->|  CLOSED ?
--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
 #1 at 0.000 ms: SYN, client to server, window 64240.
 It opens a direction: the client's initial sequence number (ISN) is 2708437550; the SYN takes it, the first octet of data will be 2708437551.  RFC 9293 sec. 3.4
 client: CLOSED -> SYN-SENT by sending SYN, RFC 9293 sec. 3.10.1.
 server: LISTEN -> SYN-RECEIVED by receiving SYN, RFC 9293 sec. 3.10.7.2; assumed (?), nothing it sent proves it yet.
 client: SND.UNA 0, SND.NXT 1  (counted from the ISN)
 server: RCV.NXT 1  (counted from the ISN)
 MSS: the client takes segments of up to 1460 octets of data.
 Window scale 10: later windows of the client count times 1024, if both sides sent this option.  RFC 7323 sec. 2
 SACK-permitted: the client understands selective acknowledgements.
 Timestamps: round trips can be measured, old segments told apart.


































 save as connection-1.doc
                     ^ by the ending: .txt .svg .png .pdf .html a picture, .pcapng the packets
