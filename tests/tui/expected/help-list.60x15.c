 Keys

 Enter  Right  l   show the ladder of this connection;     #
                   unfold a group                          #
 /                 which connections: e.g. open:refused    #
                   port:443 rtt>100ms                      |
 s                 sort by the next column                 |
 z                 reverse the order                       |
 u                 fold equal failures of one host into one|
                   row                                     |
 d                 next finding                            |
 D                 previous finding                        |
 y                 copy a Wireshark filter for this        |
                   connection                              |
 q back
