 tcphs  captures/three-way.pcap and 3 more                                                                                                                                                4 connections
 ##################################################%%%%%%%%%%%%%%%%%%%%%%%%%.........................  #2 opened  %1 refused  .1 no answer  X1 wrong  !1 odd
   #  client           server          open       close     pkts  bytes     rtt                           lasted  began  verdict
 > 1  192.0.2.1:40000  192.0.2.2:http  three-way  four-way    11    130  21.5ms  ok                        320ms    0ns  Opened in three segments in 21.5 ms; closed by the client in four segments.
   2  192.0.2.1:40000  192.0.2.2:81    refused    -            2      0       -  -                        20.5ms  992ms  Refused: a reset answered the only SYN: no process listens on port 81, or a f~
   3  192.0.2.1:40000  192.0.2.2:http  no-answer  -            7      0       -  ! open-no-answer          7.13s  6.18s  Nobody answered 7 SYNs over 7.13 s: filtered, down, or the answers took anoth~
   4  192.0.2.1:40000  192.0.2.2:http  three-way  four-way    16    130       -  BAD synack-ack-mismatch   372ms  1m55s  Opened in three segments after 2 SYNs; closed by the client in four segments.~
















































--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
 Opened in three segments in 21.5 ms; closed by the client in four segments.

 / open:refusd
        ^ open has no such value; did you mean open:refused?
