 #1  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments in 21.5 ms; closed by the client in four segments.
               UTC client                                        server
                   CLOSED       | ISN 2708437550               | LISTEN?
 , 12:19:16.051487 SYN-SENT     |--- SYN  seq 0 -------------->| SYN-RECEIVED?
 | 12:19:16.072959 ESTABLISHED? |<- SYN-ACK  seq 0 ack 1 ok ---| SYN-RECEIVED
 ` 12:19:16.073013 ESTABLISHED  |--- ACK  seq 1 ack 1 ok ----->| ESTABLISHED?
>                  .            : 4 segments     51 B > < 79 B : .
 , 12:19:16.235244 FIN-WAIT-1   |--- FIN-ACK  seq 52 ack 80 -->| CLOSE-WAIT?
 | 12:19:16.300128 FIN-WAIT-2?  |<-- ACK  seq 80 ack 53 ok ----| CLOSE-WAIT
 |                 - ack-delay  acknowledged 43.4 ms late: a delayed ACK
 | 12:19:16.371161 TIME-WAIT?   |< FIN-ACK  seq 80 ack 53 ok --| LAST-ACK
 ` 12:19:16.371188 TIME-WAIT    |--- ACK  ack 81 ok ---------->| CLOSED?
--------------------------------------------------------------------------------
 4 ordinary segments in 0 ns, folded
 Data in order and its acknowledgements; no state moved.
 client to server: 2 segments, 51 octets of data.
 server to client: 2 segments, 79 octets of data.





 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
