 tcphs  captures/three-way.pcap and ~  11 of 13 connections
 ##%..-------  .3 no answer  -6 midstream  X9 wrong  !1 odd
    # client         server        open^     close
    5 192.0.2~:40000 192.0.2~:http three-way four-way   BAD|
    3 192.0.2~:40000 192.0.2.2:81  refused   -          -  |
    4 3 unanswered SYNs from 192.0.2.1                     #
    6 192.0.2~:50000 192.0.2~:http midstream -          BAD#
 >  7 192.0.2~:50000 192.0.2.2:81  midstream reset      BAD#
    8 192.0.2~:50001 192.0.2~:http midstream half-close BAD#
    9 192.0.2~:50001 192.0.2.2:81  midstream fin-reset  BAD#
   10 192.0.2~:50002 192.0.2~:http midstream half-close BAD#
   11 192.0.2~:50002 192.0.2.2:81  midstream fin-reset  BAD#
------------------------------------------------------------
 No SYN was captured: a stray, a scan, or open before; cut~
 Enter ladder  / query  s sort  z reverse  ? help  q quit
