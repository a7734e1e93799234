 Explained

 synack-ack-mismatch                                       #
 diagnosis, error                                          |
                                                           |
   The answer acknowledges a SYN that was never sent; the  |
 client must reset                                         |
   it.                                                     |
                                                           |
   The acknowledgement of a SYN-ACK must be the client's   |
 ISN + 1, because the                                      |
   SYN took one number (more if the SYN carried data). Here|
 it is not. A                                              |
   client in SYN-SENT must answer with a RST that takes its|
 q back
