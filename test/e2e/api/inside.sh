#!/usr/bin/env bash
# What test/e2e/api/main.ts runs inside the namespaces: addresses and names first, then the command that it is given.
# bash stays the first process and collects what dying programs leave behind.
set -o errexit -o nounset -o pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "${here}/../../.."

ip link set lo up
# Not loopback's own range: the API server refuses to advertise it, and endpoints may not lie in it.
for last in 1 2 3 4 5; do
  ip address add "10.98.0.${last}/32" dev lo
done

# Names that the filled-in checkouts use; see harness/checkout.ts.
cat >"${SLIPWAY_E2E}/hosts" <<HOSTS
127.0.0.1 localhost 127.0.0.1.nip.io
10.98.0.1 api.production.internal api.lab.internal
10.98.0.1 chat.internal chat.lab.internal
10.98.0.5 210987654321.dkr.ecr.eu-central-1.amazonaws.com api.ecr.eu-central-1.amazonaws.com
HOSTS
mount --bind "${SLIPWAY_E2E}/hosts" /etc/hosts

status=0
"$@" || status=$?
exit "${status}"
