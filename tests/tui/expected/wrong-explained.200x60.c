 Explained

 synack-ack-mismatch                                         diagnosis, error

   The answer acknowledges a SYN that was never sent; the client must reset
   it.

   The acknowledgement of a SYN-ACK must be the client's ISN + 1, because the
   SYN took one number (more if the SYN carried data). Here it is not. A
   client in SYN-SENT must answer with a RST that takes its number from that
   acknowledgement, and stay in SYN-SENT. If the number belongs to an earlier
   SYN, the server answered an old duplicate, which is Figure 8 of RFC 9293,
   and the severity is a warning.

   client                                                 server
   SYN-SENT       |-- SYN  seq 0 ----------------------->| SYN-RECEIVED
   SYN-SENT       |<- SYN-ACK  seq 0 ack 7 --------------| SYN-RECEIVED
   SYN-SENT       |-- RST  seq 7 ----------------------->| LISTEN

   Source: RFC 9293 sec. 3.10.7.3
   See also: old-dup-syn refused-bad-ack isn


 three-way                                                       kind of open

   The ordinary open: I call, you answer and call back, I answer.

   Each side tells its ISN and hears it confirmed: SYN (ISN of the client),
   SYN-ACK (ISN of the server, and client's ISN + 1), ACK (server's ISN + 1).
   Four messages would do it, but the server's ACK and its SYN travel
   together. The third one is needed because the server cannot know whether
   the SYN was an old duplicate: it must ask the sender.

   client                                                 server
   SYN-SENT       |-- SYN  seq 0 ----------------------->| SYN-RECEIVED
   ESTABLISHED    |<- SYN-ACK  seq 0 ack 1 --------------| SYN-RECEIVED
   ESTABLISHED    |-- ACK  seq 1 ack 1 ----------------->| ESTABLISHED

   Source: RFC 9293 sec. 3.4.1, Figure 6 in sec. 3.5
   See also: why-three isn four-way-open third-ack-data


 three-way                                                      kind of close

   The second FIN carries the acknowledgement of the first: three segments
   suffice.

   When the application closes at once on hearing that the other side did,
   its FIN is the first segment to acknowledge the FIN that came. The first
   side goes from FIN-WAIT-1 to TIME-WAIT in one step, the other through
   CLOSE-WAIT to LAST-ACK.

   client                                                 server
   FIN-WAIT-1     |-- FIN-ACK  seq 101 ack 201 --------->| CLOSE-WAIT
   TIME-WAIT      |<- FIN-ACK  seq 201 ack 102 ----------| LAST-ACK
   TIME-WAIT      |-- ACK  ack 202 --------------------->| CLOSED

   Source: RFC 9293 sec. 3.3.2 (note 2 of Figure 5), sec. 3.6
   See also: four-way close-merged
 q back
