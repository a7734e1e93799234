 #1  192.0.2.1:40000 -> 192.0.2.2:http


















                                                                                  +------------ CLOSED -----------+
                                                                                  | passive open                  | active open, snd SYN
                                                                                  v                               v
                                                                               LISTEN ------ snd SYN -------> SYN-SENT
                                                                                  | rcv SYN, snd SYN-ACK       |    | rcv SYN-ACK,
                                                                                  v                            |    | snd ACK
                                                                            SYN-RECEIVED <------ rcv SYN ------+    |
                                                                                  |  |                              v
                                                                  close, snd FIN  |  +---- rcv ACK of SYN --> ESTABLISHED
                                                                                  |                             |     | rcv FIN, snd ACK
                                                                                  v                             |     v
                                                                             FIN-WAIT-1 <---- close, snd FIN ---+ CLOSE-WAIT
                                                                rcv ACK of FIN |     | rcv FIN, snd ACK               | close, snd FIN
                                                                               v     +----> CLOSING                   v
                                                                          FIN-WAIT-2           | rcv ACK of FIN    LAST-ACK
                                                              rcv FIN, snd ACK |               |                      | rcv ACK of FIN
                                                                               |  +------------+                      |
                                                                               v  v                                   v
                                                                        C> TIME-WAIT -------- after 2 MSL ------>  CLOSED <S


















                            `  #11  319.701   TIME-WAIT     |--- ACK  ack 81 ok  win 63 --------------------------------------------------------->|  CLOSED ?
 C client  CLOSED -> SYN-SENT -> ESTABLISHED -> FIN-WAIT-1 -> FIN-WAIT-2 -> TIME-WAIT
 S server  LISTEN -> SYN-RECEIVED -> ESTABLISHED -> CLOSE-WAIT -> LAST-ACK -> CLOSED ?
 Space step  p play  r raw  d finding  v diagram  ? help  q back
