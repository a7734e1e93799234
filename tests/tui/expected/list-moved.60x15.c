 tcphs  captures/three-way.pcap and 5 more   13 connections
 ##%..-------  .3 no answer  -6 midstream  X9 wrong  !1 odd
   # client         server         open      close
   1 192.0.2~:40000 192.0.2.2:http three-way four-way   ok #
   2 [2001:d~:40000 [2001:db~:http three-way four-way   ok #
 > 3 192.0.2~:40000 192.0.2.2:81   refused   -          -  #
   4 192.0.2~:40000 192.0.2.2:http no-answer -          !  #
   5 192.0.2~:40000 192.0.2.2:http three-way four-way   BAD#
   6 192.0.2~:50000 192.0.2.2:http midstream -          BAD#
   7 192.0.2~:50000 192.0.2.2:81   midstream reset      BAD|
   8 192.0.2~:50001 192.0.2.2:http midstream half-close BAD|
   9 192.0.2~:50001 192.0.2.2:81   midstream fin-reset  BAD|
------------------------------------------------------------
 Refused: a reset answered the only SYN: no process listen~
 Enter ladder  / query  s sort  z reverse  ? help  q quit
