#!/usr/bin/env bash
# Brings HAProxy, and keepalived where an address moves, to the configuration of this machine.
#
#   load-balancer.sh [--dry-run] NODE
#
# A configuration that its own program refuses does not replace the one in use. Reloads keep connections.
# shellcheck source-path=SCRIPTDIR
set -o errexit -o nounset -o pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "${HERE}/lib.sh"
source "${HERE}/system-packages.sh"

require_balancer() {
  [[ "${BALANCES}" == true ]] || refuse "${NODE}/node.env: BALANCES is ${BALANCES}; expected true. ${NODE_NAME} balances nothing"
}

bring_haproxy() {
  bring_config /etc/haproxy/haproxy.cfg haproxy
  install_tree etc/systemd/system/haproxy.service.d 0644 haproxy
  settle haproxy reload
  enable_unit haproxy
}

# Its checks come first: a configuration that names a script which is not there is refused.
bring_keepalived() {
  local check
  for check in "${NODE}"/root/etc/keepalived/check-*; do
    install_file "${check}" "${check#"${NODE}/root"}" 0755
  done
  bring_config /etc/keepalived/keepalived.conf keepalived
  install_tree etc/systemd/system/keepalived.service.d 0644 keepalived
  settle keepalived reload
  enable_unit keepalived
}

# A file that is new has to please its program first. A dry run asks nobody: the program may not be there yet.
bring_config() {
  local file="$1" program="$2" said
  is_installed "${NODE}/root${file}" "${file}" 0644 && return
  if [[ "${DRY_RUN}" == false ]]; then
    said="$("read_by_${program}" "${NODE}/root${file}" 2>&1)" ||
      refuse "${NODE}/root${file}: ${program} refuses it, and the one in use stays. Its words: ${said}"
  fi
  install_file "${NODE}/root${file}" "${file}" 0644 "${program}"
}

read_by_haproxy() {
  haproxy -c -f "$1"
}

# keepalived 2.2.7 kills itself in a test where scripts have a user of their own: it reads a copy that gives them to root.
read_by_keepalived() {
  local copy=/run/slipway/keepalived.conf status=0
  mkdir --parents "${copy%/*}"
  sed 's/^\( *script_user\) .*/\1 root/' "$1" >"${copy}"
  keepalived --log-console --config-test --use-file="${copy}" || status=$?
  rm "${copy}"
  return "${status}"
}

begin "$@"
require_balancer
if [[ -n "${VIP}" ]]; then
  install_packages haproxy curl keepalived
else
  install_packages haproxy
fi
bring_haproxy
if [[ -n "${VIP}" ]]; then
  bring_keepalived
fi
