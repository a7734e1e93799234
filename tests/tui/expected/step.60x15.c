 #1  192.0.2.1:40000 -> 192.0.2.2:http         step 2 of 11
         ms client                                server
            CLOSED   | ISN 2708437550           | LISTEN?
>,    0.000 SYN-SENT |--- SYN 0 --------------->| SYN-RCVD?






------------------------------------------------------------
 #1 at 0.000 ms: SYN, client to server, window 64240.      #
 It opens a direction: the client's initial sequence number|
   (ISN) is 2708437550; the SYN takes it, the first octet  |
 Space step  p play  e unfold  r raw  o save  ? help  q back
