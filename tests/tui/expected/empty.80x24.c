 tcphs  captures/three-way.pcap                                   0 connections

   # client server open close pkts bytes rtt     lasted began

   no TCP connection in what was read















--------------------------------------------------------------------------------


 Enter ladder  / query  s sort  z reverse  u group  d finding  ? help  q quit
