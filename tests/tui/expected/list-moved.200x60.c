 tcphs  captures/three-way.pcap and 5 more                                                                                                                                               13 connections
 #######################%%%%%%%.......................-----------------------------------------------  #3 opened  %1 refused  .3 no answer  -6 midstream  X9 wrong  !1 odd
    #  client               server              open       close       pkts  bytes     rtt                           lasted  began  verdict
    1  192.0.2.1:40000      192.0.2.2:http      three-way  four-way      11    130  21.5ms  ok                        320ms    0ns  Opened in three segments in 21.5 ms; closed by the client in four ~
    2  [2001:db8::1]:40000  [2001:db8::2]:http  three-way  four-way      11    130  20.7ms  ok                        313ms  508ms  Opened in three segments in 20.7 ms; closed by the client in four ~
 >  3  192.0.2.1:40000      192.0.2.2:81        refused    -              2      0       -  -                        20.5ms  992ms  Refused: a reset answered the only SYN: no process listens on port~
    4  192.0.2.1:40000      192.0.2.2:http      no-answer  -              7      0       -  ! open-no-answer          7.13s  6.18s  Nobody answered 7 SYNs over 7.13 s: filtered, down, or the answers~
    5  192.0.2.1:40000      192.0.2.2:http      three-way  four-way      16    130       -  BAD synack-ack-mismatch   372ms  1m55s  Opened in three segments after 2 SYNs; closed by the client in fou~
    6  192.0.2.1:50000      192.0.2.2:http      midstream  -              1      0       -  BAD flags-null              0ns  1m56s  No SYN was captured: a stray, a scan, or open before; not closed b~
    7  192.0.2.1:50000      192.0.2.2:81        midstream  reset          2      0       -  BAD flags-null             36us  1m56s  No SYN was captured: a stray, a scan, or open before; cut off by t~
    8  192.0.2.1:50001      192.0.2.2:http      midstream  half-close     1      0       -  BAD flags-no-ack            0ns  1m56s  No SYN was captured: a stray, a scan, or open before; closed by th~
    9  192.0.2.1:50001      192.0.2.2:81        midstream  fin-reset      2      0       -  BAD flags-no-ack           36us  1m56s  No SYN was captured: a stray, a scan, or open before; closed by th~
   10  192.0.2.1:50002      192.0.2.2:http      midstream  half-close     1      0       -  BAD flags-no-ack            0ns  1m56s  No SYN was captured: a stray, a scan, or open before; closed by th~
   11  192.0.2.1:50002      192.0.2.2:81        midstream  fin-reset      2      0       -  BAD flags-no-ack           33us  1m56s  No SYN was captured: a stray, a scan, or open before; closed by th~
   12  192.0.2.1:50003      192.0.2.2:http      no-answer  -              1      0       -  BAD flags-syn-fin           0ns  1m56s  Nobody answered the only SYN: filtered, down, or the answers took ~
   13  192.0.2.1:50003      192.0.2.2:81        no-answer  -              2      0       -  BAD flags-syn-fin          37us  1m56s  Nothing acceptable came back to the only SYN: filtered, down, or t~








































--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
 Refused: a reset answered the only SYN: no process listens on port 81, or a firewall rejects; see on the server what listens there.

 Enter ladder  / query  s sort  z reverse  u group  d finding  y copy  ? help  q quit
