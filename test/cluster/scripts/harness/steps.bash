# shellcheck shell=bash
# Sourced by bash before a script of a machine (BASH_ENV): stops it between two of its commands, whatever they are.
#
# KILL_AT empty: writes to /harness/state/steps the number of each command before which the machine is not as it was
# before the last one: killing there leaves every state that a kill between two commands can leave.
# KILL_AT set: kills the script with SIGKILL before that command.

[[ "$0" == /slipway/scripts/* ]] || return 0
unset BASH_ENV

_STEP=0
_SEEN=''
_LAST=''

# Commands that cannot change a file: looked at for speed alone.
readonly _HARMLESS='^(\[\[|\(\(|local |readonly |return|shift|case |for |while |true$|false$|break|continue)[^>(]*$'

_state() {
  find /etc /var /run /root /opt /home /boot /tmp /usr/local /usr/lib/systemd/system /proc/sys /sys /harness/state \
    -path /etc/alternatives -prune -o -path '/harness/state/argv' -prune -o -path '/harness/state/steps' -prune -o \
    -printf '%p %s %m %U %G %i %T@ %l\n' 2>/dev/null | cksum
}

_before_command() {
  ((BASHPID == $$)) || return 0
  _STEP=$((_STEP + 1))
  if [[ -n "${KILL_AT:-}" ]]; then
    ((_STEP != KILL_AT)) || kill -KILL "$$"
    return 0
  fi
  if ! [[ "${_LAST}" =~ ${_HARMLESS} ]]; then
    local now
    now="$(_state)"
    if [[ "${now}" != "${_SEEN}" ]]; then
      printf '%s %s\n' "${_STEP}" "${_LAST//$'\n'/ }" >>/harness/state/steps
      _SEEN="${now}"
    fi
  fi
  _LAST="${BASH_COMMAND}"
}

set -o functrace
trap _before_command DEBUG
