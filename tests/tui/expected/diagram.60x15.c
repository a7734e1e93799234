 #1  192.0.2.1:40000 -> 192.0.2.2:http

 the diagram needs 80 columns and 24 lines








`   21.526 ESTAB    |--- ACK 1 ack 1 ok ------->| ESTAB?
 C client  CLOSED -> SYN-SENT -> ESTABLISHED
 S server  LISTEN -> SYN-RECEIVED -> ESTABLISHED ?
 Space step  p play  r raw  d finding  ? help  q back
