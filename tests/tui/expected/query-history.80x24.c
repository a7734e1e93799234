 tcphs  captures/three-way.pcap and 3 more                        4 connections
 #############%%%%%.....  #2 opened  %1 refused  .1 no answer  X1 wrong  !1 odd
   # client          server         open      close    pkts bytes    rtt
   1 192.0.2.1:40000 192.0.2.2:http three-way four-way   11   130 21.5ms ok
 > 2 192.0.2.1:40000 192.0.2.2:81   refused   -           2     0      - -
   3 192.0.2.1:40000 192.0.2.2:http no-answer -           7     0      - !
   4 192.0.2.1:40000 192.0.2.2:http three-way four-way   16   130      - BAD













--------------------------------------------------------------------------------
 Refused: a reset answered the only SYN: no process listens on port 81, or a
 firewall rejects; see on the server what listens there.
 / port:9
