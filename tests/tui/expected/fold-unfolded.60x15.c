 #1  192.0.2.1:40000 -> 192.0.2.2:http   three-way open 21~
         ms client                                server
            CLOSED   | ISN 2708437550           | LISTEN?  #
 ,    0.000 SYN-SENT |--- SYN 0 --------------->| SYN-RCVD?#
 |   21.472 ESTAB?   |<-- SYN-ACK 0 ack 1 ok ---| SYN-RCVD #
 `   21.526 ESTAB    |--- ACK 1 ack 1 ok ------>| ESTAB?   #
>    62.968 ESTAB    |--- 1 51 B -------------->| ESTAB?   |
     84.179 ESTAB    |<-- ACK ack 52 -----------| ESTAB    |
    133.848 ESTAB    |<-- 1 79 B ---------------| ESTAB    |
    133.882 ESTAB    |--- ACK ack 80 ---------->| ESTAB    |
------------------------------------------------------------
 #4 at 62.968 ms: data, client to server, 51 octets, window#
   63.                                                     |
 ack 1: the client has everything of the server before     |
 Space step  p play  e unfold  r raw  o save  ? help  q back
