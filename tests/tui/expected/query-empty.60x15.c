 tcphs  captures/three-way.pcap and 3 ~  0 of 4 connections
 #########%%%...  #2 opened  .1 no answer  X1 wrong  !1 odd
   # client          server         open      close

   no connection fits the query: Esc takes it away, / change







------------------------------------------------------------

 Enter ladder  / query  s sort  z reverse  ? help  q quit
