#!/usr/bin/env bash
# What test/e2e/api/main.ts runs inside the namespaces: addresses and names first, then jest with the words given.
# bash stays the first process and collects what dying programs leave behind.
set -o errexit -o nounset -o pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "${here}/../../.."

ip link set lo up
# Not loopback's own range: the API server refuses to advertise it, and endpoints may not lie in it.
for last in 1 2 3 4; do
  ip address add "10.98.0.${last}/32" dev lo
done

# Names that the filled-in checkouts use; see harness/checkout.ts.
cat >"${SLIPWAY_E2E}/hosts" <<HOSTS
127.0.0.1 localhost 127.0.0.1.nip.io
10.98.0.1 api.production.internal api.lab.internal
10.98.0.1 chat.internal chat.lab.internal
HOSTS
mount --bind "${SLIPWAY_E2E}/hosts" /etc/hosts

status=0
# A folder of its own: whoever is root in here only may not write to root's.
node node_modules/jest/bin/jest.js --config test/e2e/api/jest.config.js --cacheDirectory "${SLIPWAY_E2E}/jest" --runInBand "$@" || status=$?
exit "${status}"
