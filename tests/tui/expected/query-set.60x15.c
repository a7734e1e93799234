 tcphs  captures/three-way.pcap and 3 ~  1 of 4 connections
 #########%%%...  #2 opened  .1 no answer  X1 wrong  !1 odd
   # client          server         open      close
 > 2 192.0.2.1:40000 192.0.2.2:81   refused   -        -








------------------------------------------------------------
 Refused: a reset answered the only SYN: no process listen~
 Enter ladder  / query  s sort  z reverse  ? help  q quit
