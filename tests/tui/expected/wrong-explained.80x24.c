 Explained

 synack-ack-mismatch                                         diagnosis, error  #
                                                                               #
   The answer acknowledges a SYN that was never sent; the client must reset    #
   it.                                                                         #
                                                                               #
   The acknowledgement of a SYN-ACK must be the client's ISN + 1, because the  #
   SYN took one number (more if the SYN carried data). Here it is not. A       #
   client in SYN-SENT must answer with a RST that takes its number from that   |
   acknowledgement, and stay in SYN-SENT. If the number belongs to an earlier  |
   SYN, the server answered an old duplicate, which is Figure 8 of RFC 9293,   |
   and the severity is a warning.                                              |
                                                                               |
   client                                                 server               |
   SYN-SENT       |-- SYN  seq 0 ----------------------->| SYN-RECEIVED        |
   SYN-SENT       |<- SYN-ACK  seq 0 ack 7 --------------| SYN-RECEIVED        |
   SYN-SENT       |-- RST  seq 7 ----------------------->| LISTEN              |
                                                                               |
   Source: RFC 9293 sec. 3.10.7.3                                              |
   See also: old-dup-syn refused-bad-ack isn                                   |
                                                                               |
                                                                               |
 q back
