 tcphs  captures/three-way.pcap and 3 more  / port:9         0 of 4 connections
 #############%%%%%.....  #2 opened  %1 refused  .1 no answer  X1 wrong  !1 odd
   # client          server         open      close    pkts bytes    rtt

   no connection fits the query: Esc takes it away, / changes it















--------------------------------------------------------------------------------


 Enter ladder  / query  s sort  z reverse  u group  d finding  ? help  q quit
