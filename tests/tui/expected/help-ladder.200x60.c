 Keys

 Space             step: show the next packet, hide what comes after
 p                 play: one packet a second, 1x, 10x, 100x, off
 Backspace         one step back
 e  Enter          unfold a run of data, or fold it again
 r                 relative or raw sequence numbers
 d                 next finding
 D                 previous finding
 v                 the state diagram of RFC 9293 with both paths lit
 o                 save the picture or the packets, by the name's ending
 t                 time since the start, since the row above, local, UTC
 i                 explain the words of what is selected
 /                 find a word in the ladder
 y                 copy a Wireshark filter for this connection
 w                 show long silences as lines of their own
 :                 go to a packet number
 n                 next match of the last query or word
 N                 previous match
 k  Up             up
 j  Down           down
 PgUp  C-b         a page up
 PgDn  C-f         a page down
 g  Home           the first
 G  End            the last
 h  Left           the connection before
 l  Right          the connection after
 Tab               to the pane below and back
 +  >              wider address columns; a taller pane
 -  <              narrower address columns; a smaller pane
 c                 the next theme: dark, light, safe for the colour-blind, mono
 C-l               draw the screen anew
 ?  F1             this help
 q  Esc            back; from the list: take the query away, then leave
 C-q               leave the program

 Mouse: a click selects, a second one opens, the wheel scrolls; Shift-drag selects text.
 Every key can be rebound, and theme and columns chosen, in $XDG_CONFIG_HOME/tcphs/config: see
                   tcphs(1).




















 q back
