 #1  192.0.2.1:40000 -> 192.0.2.2:http


















                                                                                  +------------ CLOSED -----------+
                                                                                  | passive open                  | active open, snd SYN
                                                                                  v                               v
                                                                               LISTEN ------ snd SYN -------> SYN-SENT
                                                                                  | rcv SYN, snd SYN-ACK       |    | rcv SYN-ACK,
                                                                                  v                            |    | snd ACK
                                                                            SYN-RECEIVED <------ rcv SYN ------+    |
                                                                                  |  |                              v
                                                                  close, snd FIN  |  +---- rcv ACK of SYN -C> ESTABLISHED <S
                                                                                  |                             |     | rcv FIN, snd ACK
                                                                                  v                             |     v
                                                                             FIN-WAIT-1 <---- close, snd FIN ---+ CLOSE-WAIT
                                                                rcv ACK of FIN |     | rcv FIN, snd ACK               | close, snd FIN
                                                                               v     +----> CLOSING                   v
                                                                          FIN-WAIT-2           | rcv ACK of FIN    LAST-ACK
                                                              rcv FIN, snd ACK |               |                      | rcv ACK of FIN
                                                                               |  +------------+                      |
                                                                               v  v                                   v
                                                                           TIME-WAIT -------- after 2 MSL ------>  CLOSED


















                            `   #3   21.526   ESTABLISHED   |--- ACK  seq 1 ack 1 ok  win 63 ---------------------------------------------------->|  ESTABLISHED ?
 C client  CLOSED -> SYN-SENT -> ESTABLISHED
 S server  LISTEN -> SYN-RECEIVED -> ESTABLISHED ?
 Space step  p play  r raw  d finding  v diagram  ? help  q back
