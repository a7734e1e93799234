 #1  192.0.2.1:40000 -> 192.0.2.2:http                                                                                                               three-way open 61.2 ms - four-way close, by client
 Opened in three segments after 2 SYNs; closed by the client in four segments. A rule of the protocol was broken: see the remarks.
                                          ms   client                                                                                                                 server
                                               CLOSED        | ISN 210080474                                                                         ISN 405600896 |  LISTEN ?
      three-way open 61.2 ms ,   #1    0.000   SYN-SENT      |--- SYN  seq 0  win 64240  mss 1460  wscale 10  sack  timestamps ----------------------------------->|  SYN-RECEIVED ?
                             |   #2    5.372   SYN-SENT      |<-/-- SYN-ACK  seq 4085302878 ack 0 BAD  ignored  win 64240  mss 1460  wscale 7  sack ---------------|  SYN-RECEIVED
>                            |                 x synack-ack-mismatch  ack is 0, must be 1 (client's ISN + 1)
                             |   #3    5.395   SYN-SENT      |--- RST  seq 0 ----------------------------------------------------------------------------------->|  SYN-RECEIVED
                             |   #4   15.207   SYN-SENT      |--- SYN  seq 0  again  win 64240  mss 1460  wscale 10  sack  timestamps --------------------------\->|  SYN-RECEIVED
                             |                 - syn-retx  SYN number 2, unchanged, 15.2 ms after the first
                             |   #5   35.597   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok  win 65160  mss 1460  wscale 7  sack ------------------------------------|  SYN-RECEIVED
                             |   #6   35.632   ESTABLISHED   |--- ACK  seq 1 ack 1 ok  win 63 ------------------------------------------------------------------\->|  SYN-RECEIVED
                             `   #7   61.165   ESTABLISHED   |<-- SYN-ACK  seq 0 ack 1 ok  again  win 65160  mss 1460  wscale 7  sack -----------------------------|  SYN-RECEIVED
                                               - synack-retx  again after 25.6 ms: no third segment was heard
                                               - third-ack-lost  SYN-ACK again 25.5 ms after it: lost or ignored
                                 #8   61.184   ESTABLISHED   |--- ACK  ack 1  win 63 ----------------------------------------------------------------------------->|  ESTABLISHED ?
                                 #9  120.160   ESTABLISHED   |--- seq 1  51 B  win 63 ---------------------------------------------------------------------------->|  ESTABLISHED ?
                                #10  148.688   ESTABLISHED   |<-- ACK  ack 52  win 64 -----------------------------------------------------------------------------|  ESTABLISHED
                                #11  190.862   ESTABLISHED   |<-- seq 1  79 B  win 64 -----------------------------------------------------------------------------|  ESTABLISHED
                                #12  190.894   ESTABLISHED   |--- ACK  ack 80  win 63 ---------------------------------------------------------------------------->|  ESTABLISHED
   four-way close, by client ,  #13  240.695   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80  win 63 ----------------------------------------------------------------->|  CLOSE-WAIT ?
                             |  #14  306.552   FIN-WAIT-2 ?  |<-- ACK  ack 53 ok  win 64 --------------------------------------------------------------------------|  CLOSE-WAIT
                             |  #15  371.602   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok  win 64 ---------------------------------------------------------------|  LAST-ACK
                             `  #16  371.636   TIME-WAIT     |--- ACK  ack 81 ok  win 63 ------------------------------------------------------------------------->|  CLOSED ?
--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
 synack-ack-mismatch, error: ack is 0, must be 1 (client's ISN + 1)
 The answer acknowledges a SYN that was never sent; the client must reset it.
 RFC 9293 sec. 3.10.7.3































 Space step  p play  e unfold  r raw  d finding  v diagram  o save  t time  i explain  / find  y copy  w waits  Tab pane  ? help  q back
