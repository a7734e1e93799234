 Keys

 Enter  Right  l   show the ladder of this connection; unfold a group          #
 /                 which connections: e.g. open:refused port:443 rtt>100ms     #
 s                 sort by the next column                                     #
 z                 reverse the order                                           #
 u                 fold equal failures of one host into one row                #
 d                 next finding                                                #
 D                 previous finding                                            #
 y                 copy a Wireshark filter for this connection                 #
 P                 live: hold the list still; capturing goes on                #
 F                 live: keep the newest connection selected                   #
 :                 go to a packet number                                       #
 n                 next match of the last query or word                        #
 N                 previous match                                              #
 k  Up             up                                                          #
 j  Down           down                                                        |
 PgUp  C-b         a page up                                                   |
 PgDn  C-f         a page down                                                 |
 g  Home           the first                                                   |
 G  End            the last                                                    |
 +  >              wider address columns; a taller pane                        |
 -  <              narrower address columns; a smaller pane                    |
 q back
