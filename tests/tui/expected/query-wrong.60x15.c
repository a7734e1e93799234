 tcphs  captures/three-way.pcap and 3 more    4 connections
 #########%%%...  #2 opened  .1 no answer  X1 wrong  !1 odd
   # client          server         open      close
 > 1 192.0.2.1:40000 192.0.2.2:http three-way four-way ok
   2 192.0.2.1:40000 192.0.2.2:81   refused   -        -
   3 192.0.2.1:40000 192.0.2.2:http no-answer -        !
   4 192.0.2.1:40000 192.0.2.2:http three-way four-way BAD




------------------------------------------------------------
 Opened in three segments in 21.5 ms; closed by the client~
 / open:refusd
        ^ open has no such value; did you mean open:refused?
