 #1  192.0.2.1:40000 -> 192.0.2.2:http

 the diagram needs 80 columns and 24 lines








`  319.701 TIME-W   |--- ACK ack 81 ok -------->| CLOSED?
 C client  -> FIN-WAIT-1 -> FIN-WAIT-2 -> TIME-WAIT
 S server  -> CLOSE-WAIT -> LAST-ACK -> CLOSED ?
 Space step  p play  r raw  d finding  ? help  q back
