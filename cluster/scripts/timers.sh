# shellcheck shell=bash
# Scripts that a timer of systemd runs on this machine, with the facts that they need, at places that stay. Sourced
# after lib.sh.

readonly RUNNING=/usr/local/lib/slipway
readonly RUNNING_NODE=/etc/slipway

SOURCES="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly SOURCES

#   install_timer UNIT SCRIPT…   units/UNIT.service and units/UNIT.timer run what is installed here
install_timer() {
  local unit="$1" script
  shift
  [[ "${NODE_ROLE}" == control-plane ]] || refuse "${NODE_NAME}: is a ${NODE_ROLE}; expected a control plane, for ${unit} looks after its etcd and its certificates"
  install_file "${NODE}/node.env" "${RUNNING_NODE}/node.env" 0644
  install_file "${NODE}/hosts" "${RUNNING_NODE}/hosts" 0644
  for script in "$@"; do
    install_file "${SOURCES}/${script}" "${RUNNING}/${script}" 0755
  done
  install_file "${SOURCES}/units/${unit}.service" "/etc/systemd/system/${unit}.service" 0644 "${unit}.timer"
  install_file "${SOURCES}/units/${unit}.timer" "/etc/systemd/system/${unit}.timer" 0644 "${unit}.timer"
  settle "${unit}.timer"
  enable_unit "${unit}.timer"
}
