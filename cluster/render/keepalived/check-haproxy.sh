#!/bin/sh
# Whether this machine's HAProxy answers: check-haproxy URL. keepalived runs it every second.
#
# It asks the local HAProxy and nothing else. The API behind it is HAProxy's own concern: servers that are away are away
# for the other machine too, and moving the address would only cut the connections that still work. The shared address
# itself is no question for a machine either: whoever does not hold it would ask its neighbour.
exec curl --fail --silent --show-error --noproxy '*' --max-time 0.9 --output /dev/null "$1"
