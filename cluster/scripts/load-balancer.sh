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
  bring_config haproxy /etc/haproxy/end-sessions.lua /etc/haproxy/haproxy.cfg
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
  bring_config keepalived /etc/keepalived/keepalived.conf
  install_tree etc/systemd/system/keepalived.service.d 0644 keepalived
  settle keepalived reload
  enable_unit keepalived
}

# Files that are new have to please their program first. A dry run asks nobody: the program may not be there yet.
#   bring_config PROGRAM FILE…   what the last one needs comes before it
bring_config() {
  local program="$1" file said
  shift
  are_installed "$@" && return
  if [[ "${DRY_RUN}" == false ]]; then
    said="$("read_by_${program}" 2>&1)" ||
      refuse "${NODE}/root${!#}: ${program} refuses it, and the one in use stays. Its words: ${said}"
  fi
  for file in "$@"; do
    install_file "${NODE}/root${file}" "${file}" 0644 "${program}"
  done
}

are_installed() {
  local file
  for file in "$@"; do
    is_installed "${NODE}/root${file}" "${file}" 0644 || return 1
  done
}

# A copy that names the new program of Lua where it lies: the one in use stays where it is until both are accepted.
read_by_haproxy() {
  local copy=/run/slipway/haproxy.cfg status=0 here
  here="$(realpath "${NODE}/root")"
  mkdir --parents "${copy%/*}"
  sed "s#^\( *lua-load\) /#\1 ${here}/#" "${here}/etc/haproxy/haproxy.cfg" >"${copy}"
  haproxy -c -f "${copy}" || status=$?
  rm "${copy}"
  return "${status}"
}

# keepalived 2.2.7 kills itself in a test where scripts have a user of their own: it reads a copy that gives them to root.
read_by_keepalived() {
  local copy=/run/slipway/keepalived.conf status=0
  mkdir --parents "${copy%/*}"
  sed 's/^\( *script_user\) .*/\1 root/' "${NODE}/root/etc/keepalived/keepalived.conf" >"${copy}"
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
