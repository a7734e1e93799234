 tcphs  captures/three-way.pcap and 3 more    4 connections
 #########%%%...  #2 opened  .1 no answer  X1 wrong  !1 odd
   # client          server         open      close
   1 192.0.2.1:40000 192.0.2.2:http three-way four-way ok
 > 2 192.0.2.1:40000 192.0.2.2:81   refused   -        -
   3 192.0.2.1:40000 192.0.2.2:http no-answer -        !
   4 192.0.2.1:40000 192.0.2.2:http three-way four-way BAD





------------------------------------------------------------
 Refused: a reset answered the only SYN: no process listen~
 / port:9
