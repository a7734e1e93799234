 Keys

 k  Up             up                                                          |
 j  Down           down                                                        |
 PgUp  C-b         a page up                                                   |
 PgDn  C-f         a page down                                                 |
 g  Home           the first                                                   |
 G  End            the last                                                    |
 h  Left           the connection before                                       |
 l  Right          the connection after                                        |
 Tab               to the pane below and back                                  |
 +  >              wider address columns; a taller pane                        |
 -  <              narrower address columns; a smaller pane                    #
 c                 the next theme: dark, light, safe for the colour-blind, mono#
 C-l               draw the screen anew                                        #
 ?  F1             this help                                                   #
 q  Esc            back; from the list: take the query away, then leave        #
 C-q               leave the program                                           #
                                                                               #
 Mouse: a click selects, a second one opens, the wheel scrolls; Shift-drag     #
                   selects text.                                               #
 Every key can be rebound, and theme and columns chosen, in                    #
                   $XDG_CONFIG_HOME/tcphs/config: see tcphs(1).                #
 q back
