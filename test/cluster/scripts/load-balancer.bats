#!/usr/bin/env bats
# HAProxy and keepalived, the real ones, on what the cluster rendered: asked before a file replaces the one in use.

load harness/machine
load harness/kills

readonly BALANCER=lab/nodes/balancer-1
# Where the copies lay that the programs were asked about.
export IGNORED='disk/run/slipway '

@test "a fresh machine becomes a balancer: both run, both start with the machine" {
  local distribution
  for distribution in debian12 almalinux9; do
    fresh "${distribution}"
    run_script load-balancer.sh "${BALANCER}"
    assert_success
    cmp "${MACHINE}/disk/etc/haproxy/haproxy.cfg" "${MACHINE}/clusters/${BALANCER}/root/etc/haproxy/haproxy.cfg"
    cmp "${MACHINE}/disk/etc/haproxy/end-sessions.lua" "${MACHINE}/clusters/${BALANCER}/root/etc/haproxy/end-sessions.lua"
    cmp "${MACHINE}/disk/etc/keepalived/keepalived.conf" "${MACHINE}/clusters/${BALANCER}/root/etc/keepalived/keepalived.conf"
    [[ "$(stat --format=%a:%u "${MACHINE}/disk/etc/keepalived/check-haproxy")" == 755:0 ]]
    [[ -f "${MACHINE}/disk/etc/systemd/system/keepalived.service.d/restart.conf" ]]
    [[ -L "${MACHINE}/disk/etc/systemd/system/multi-user.target.wants/haproxy.service" && -e "${MACHINE}/state/active/haproxy.service" ]]
    [[ -L "${MACHINE}/disk/etc/systemd/system/multi-user.target.wants/keepalived.service" && -e "${MACHINE}/state/active/keepalived.service" ]]
  done
}

@test "a dry run changes nothing and names every change, reloads too; a second run changes nothing" {
  fresh almalinux9
  assert_dry_run_tells_all load-balancer.sh "${BALANCER}"
  assert_second_run_changes_nothing load-balancer.sh "${BALANCER}"
  printf '# another\n' >>"${MACHINE}/clusters/${BALANCER}/root/etc/haproxy/haproxy.cfg"
  assert_dry_run_tells_all load-balancer.sh "${BALANCER}"
  assert_argv 'systemctl reload haproxy'
}

@test "killed anywhere on a fresh machine, the next run finishes" {
  fresh almalinux9
  kill_at_each_step load-balancer.sh "${BALANCER}"
}

@test "killed anywhere while it changes running balancers, the next run finishes and reloads both" {
  fresh debian12
  run_script load-balancer.sh "${BALANCER}"
  sed --in-place 's/maxconn .*/maxconn 4000/' "${MACHINE}/clusters/${BALANCER}/root/etc/haproxy/haproxy.cfg"
  printf '! another\n' >>"${MACHINE}/clusters/${BALANCER}/root/etc/keepalived/keepalived.conf"
  printf '# another\n' >>"${MACHINE}/clusters/${BALANCER}/root/etc/systemd/system/haproxy.service.d/restart.conf"
  kill_at_each_step load-balancer.sh "${BALANCER}"
}

@test "HAProxy is reloaded, never restarted: connections live on" {
  fresh debian12
  run_script load-balancer.sh "${BALANCER}"
  forget_argv
  printf '# another\n' >>"${MACHINE}/clusters/${BALANCER}/root/etc/haproxy/haproxy.cfg"
  run_script load-balancer.sh "${BALANCER}"
  assert_argv 'systemctl reload haproxy'
  refute_argv 'restart'
  refute_argv 'reload keepalived'
}

@test "what HAProxy refuses does not replace the file in use" {
  fresh debian12
  run_script load-balancer.sh "${BALANCER}"
  printf 'zork\n' >>"${MACHINE}/clusters/${BALANCER}/root/etc/haproxy/haproxy.cfg"
  snapshot before
  run_script load-balancer.sh "${BALANCER}"
  assert_refused 'haproxy refuses it, and the one in use stays. Its words: '
  [[ "${stderr}" == *"unknown keyword 'zork'"* ]]
  assert_same before
}

@test "a program of Lua that HAProxy refuses replaces nothing either, and a new one is read by a reload" {
  local program
  fresh debian12
  program="${MACHINE}/clusters/${BALANCER}/root/etc/haproxy/end-sessions.lua"
  run_script load-balancer.sh "${BALANCER}"
  printf 'end end\n' >>"${program}"
  snapshot before
  run_script load-balancer.sh "${BALANCER}"
  assert_refused 'haproxy refuses it, and the one in use stays. Its words: '
  assert_same before
  sed --in-place '$d' "${program}"
  printf -- '-- another\n' >>"${program}"
  forget_argv
  run_script load-balancer.sh "${BALANCER}"
  assert_argv 'systemctl reload haproxy'
}

@test "what keepalived refuses does not replace the file in use" {
  fresh debian12
  run_script load-balancer.sh "${BALANCER}"
  printf 'vrrp_instance broken {\n  no_such_word\n' >>"${MACHINE}/clusters/${BALANCER}/root/etc/keepalived/keepalived.conf"
  snapshot before
  run_script load-balancer.sh "${BALANCER}"
  assert_refused 'keepalived refuses it, and the one in use stays. Its words: '
  [[ "${stderr}" == *"Unknown keyword 'no_such_word'"* ]]
  assert_same before
}

@test "a check that lost its mode gets it back: keepalived runs no other" {
  fresh debian12
  run_script load-balancer.sh "${BALANCER}"
  chmod 0666 "${MACHINE}/disk/etc/keepalived/check-haproxy"
  run_script load-balancer.sh "${BALANCER}"
  assert_success
  [[ "$(stat --format=%a "${MACHINE}/disk/etc/keepalived/check-haproxy")" == 755 ]]
}

@test "one balancer without a moving address runs HAProxy alone" {
  fresh debian12
  sed --in-place "s/^VIP=.*/VIP=''/" "${MACHINE}/clusters/${BALANCER}/node.env"
  run_script load-balancer.sh "${BALANCER}"
  assert_success
  [[ -e "${MACHINE}/state/active/haproxy.service" ]]
  [[ ! -e "${MACHINE}/disk/etc/keepalived" ]]
  refute_argv 'keepalived'
}

@test "a machine that balances nothing is refused" {
  fresh debian12
  run_script load-balancer.sh lab/nodes/worker-1
  assert_refused 'node.env: BALANCES is false; expected true. worker-1 balances nothing'
  run_script load-balancer.sh production/nodes/control-plane-a
  assert_refused 'BALANCES is false'
}
