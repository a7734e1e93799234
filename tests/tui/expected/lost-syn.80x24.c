 #1  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments after 2 SYNs; closed by the client in four segments.
         ms   client                                             server
              CLOSED        | ISN 2726623595   ISN 2937805632 |  LISTEN ?
>,    0.000   SYN-SENT      |--- SYN  seq 0 ----------------->|  SYN-RECEIVED ?
 | 1002.424   SYN-SENT      |--- SYN  seq 0  again ---------->|  SYN-RECEIVED ?
 |            - syn-retx  SYN number 2, unchanged, 1 s after the first
 | 1023.265   ESTABLISHED ? |<-- SYN-ACK  seq 0 ack 1 ok -----|  SYN-RECEIVED
 ` 1023.321   ESTABLISHED   |--- ACK  seq 1 ack 1 ok -------->|  ESTABLISHED ?
              .             : 4 segments        51 B > < 79 B :  .
 , 1184.578   FIN-WAIT-1    |--- FIN-ACK  seq 52 ack 80 ----->|  CLOSE-WAIT ?
 | 1248.923   FIN-WAIT-2 ?  |<-- ACK  ack 53 ok --------------|  CLOSE-WAIT
 | 1315.374   TIME-WAIT ?   |<-- FIN-ACK  seq 80 ack 53 ok ---|  LAST-ACK
 ` 1315.406   TIME-WAIT     |--- ACK  ack 81 ok ------------->|  CLOSED ?
--------------------------------------------------------------------------------
 #1 at 0.000 ms: SYN, client to server, window 64240.                          #
 It opens a direction: the client's initial sequence number (ISN) is           #
   2726623595; the SYN takes it, the first octet of data will be 2726623596.   #
   RFC 9293 sec. 3.4                                                           #
 client: CLOSED -> SYN-SENT by sending SYN, RFC 9293 sec. 3.10.1.              |
 server: LISTEN -> SYN-RECEIVED by receiving SYN, RFC 9293 sec. 3.10.7.2;      |
   assumed (?), nothing it sent proves it yet.                                 |
 client: SND.UNA 0, SND.NXT 1  (counted from the ISN)                          |
 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
