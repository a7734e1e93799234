 #2  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments in 20.6 ms; closed by the client in four segments.
         ms client                                               server
>           CLOSED       | ISN 3360931629       ISN 3556448408 | LISTEN?       #
 ,    0.000 SYN-SENT     |--- SYN  seq 0 --------------------->| SYN-RECEIVED? #
 |          - tuple-reuse  The same ports again: a new connection, not a       !
 |            repetition.                                                      !
 |          ! 2msl-short  reused 39.3 s after the close, before the network    #
 |            forgot the old one                                               #
 |   20.502 ESTABLISHED? |<-- SYN-ACK  seq 0 ack 1 ok ---------| SYN-RECEIVED  #
 `   20.554 ESTABLISHED  |--- ACK  seq 1 ack 1 ok ------------>| ESTABLISHED?  #
            .            : 4 segments            51 B > < 79 B : .             #
 ,  181.806 FIN-WAIT-1   |--- FIN-ACK  seq 52 ack 80 --------->| CLOSE-WAIT?   #
 |  245.266 FIN-WAIT-2?  |<-- ACK  seq 80 ack 53 ok -----------| CLOSE-WAIT    |
 |          - ack-delay  acknowledged 43 ms late: a delayed ACK                |
 |  312.740 TIME-WAIT?   |<-- FIN-ACK  seq 80 ack 53 ok -------| LAST-ACK      |
 |  312.777 TIME-WAIT    |--- ACK  ack 81 ok ---------------\->| LAST-ACK      |
--------------------------------------------------------------------------------
 Before the first segment the client has no connection (CLOSED); that the
   server waits in LISTEN is assumed until it answers.



 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
