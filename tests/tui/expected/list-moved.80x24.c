 tcphs  captures/three-way.pcap and 5 more                       13 connections
 ##%..----  #3 opened  %1 refused  .3 no answer  -6 midstream  X9 wrong  !1 odd
    # client              server             open      close         rtt
    1 192.0.2.1:40000     192.0.2.2:http     three-way four-way   21.5ms ok
    2 [2001:db8::1]:40000 [2001:db8::2]:http three-way four-way   20.7ms ok
 >  3 192.0.2.1:40000     192.0.2.2:81       refused   -               - -
    4 192.0.2.1:40000     192.0.2.2:http     no-answer -               - !
    5 192.0.2.1:40000     192.0.2.2:http     three-way four-way        - BAD
    6 192.0.2.1:50000     192.0.2.2:http     midstream -               - BAD
    7 192.0.2.1:50000     192.0.2.2:81       midstream reset           - BAD
    8 192.0.2.1:50001     192.0.2.2:http     midstream half-close      - BAD
    9 192.0.2.1:50001     192.0.2.2:81       midstream fin-reset       - BAD
   10 192.0.2.1:50002     192.0.2.2:http     midstream half-close      - BAD
   11 192.0.2.1:50002     192.0.2.2:81       midstream fin-reset       - BAD
   12 192.0.2.1:50003     192.0.2.2:http     no-answer -               - BAD
   13 192.0.2.1:50003     192.0.2.2:81       no-answer -               - BAD




--------------------------------------------------------------------------------
 Refused: a reset answered the only SYN: no process listens on port 81, or a
 firewall rejects; see on the server what listens there.
 Enter ladder  / query  s sort  z reverse  u group  d finding  ? help  q quit
