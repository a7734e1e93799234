 tcphs  captures/three-way.pcap and 3 more  / open:refused   1 of 4 connections
 #############%%%%%.....  #2 opened  %1 refused  .1 no answer  X1 wrong  !1 odd
   # client          server         open      close    pkts bytes    rtt
 > 2 192.0.2.1:40000 192.0.2.2:81   refused   -           2     0      - -
















--------------------------------------------------------------------------------
 Refused: a reset answered the only SYN: no process listens on port 81, or a
 firewall rejects; see on the server what listens there.
 Enter ladder  / query  s sort  z reverse  u group  d finding  ? help  q quit
