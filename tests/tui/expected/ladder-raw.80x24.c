 #1  192.0.2.1:40000 -> 192.0.2.2:http
 Opened in three segments in 21.5 ms; closed by the client in four segments.
         ms client                                                    server
            CLOSED   |                                              | LISTEN?
 ,    0.000 SYN-SENT |--- SYN 2708437550 -------------------------->| SYN-RCVD?
 |   21.472 ESTAB?   |<-- SYN-ACK 2903963509 ack 2708437551 ok -----| SYN-RCVD
>`   21.526 ESTAB    |--- ACK 2708437551 ack 2903963510 ok -------->| ESTAB?
            .        : 4 segments                     51 B > < 79 B : .
 ,  183.757 FIN-W-1  |--- FIN-ACK 2708437602 ack 2903963589 ------->| CLOSE-W?
 |  248.641 FIN-W-2? |<-- ACK 2903963589 ack 2708437603 ok ---------| CLOSE-W
 |          - ack-delay  acknowledged 43.4 ms late: a delayed ACK
 |  319.674 TIME-W?  |<-- FIN-ACK 2903963589 ack 2708437603 ok -----| LAST-ACK
 `  319.701 TIME-W   |--- ACK ack 2903963590 ok ------------------->| CLOSED?
--------------------------------------------------------------------------------
 #3 at 21.526 ms: ACK, client to server, window 63.
 seq 2708437551 = the client's ISN 2708437550 + 1  ok  RFC 9293 sec. 3.4
 ack 2903963510 = the server's ISN 2903963509 + 1, because a SYN takes one
   number  ok  RFC 9293 sec. 3.4
 client: stays in ESTABLISHED.
 server: SYN-RECEIVED -> ESTABLISHED by receiving ACK of SYN, RFC 9293 sec.
   3.10.7.4; assumed (?), nothing it sent proves it yet.
 client: SND.UNA 1, SND.NXT 1, RCV.NXT 1  (counted from the ISN)
 server: SND.UNA 1, SND.NXT 1, RCV.NXT 1  (counted from the ISN)
 Space step  p play  e unfold  r raw  d finding  v diagram  ? help  q back
