#!/usr/bin/env bats
# prepare.sh and the packet filters: lets in what ports.tsv names, in the one that runs.

load harness/machine
load harness/kills

readonly WORKER=lab/nodes/worker-1
readonly BALANCER=lab/nodes/balancer-1

with_ufw() {
  fresh ubuntu2404
  have ufw
  : >"${MACHINE}/state/ufw"
}

with_firewalld() {
  fresh almalinux9
  have firewall-cmd
  printf '[Service]\nExecStart=/usr/sbin/firewalld\n[Install]\nWantedBy=multi-user.target\n' >"${MACHINE}/units/firewalld.service"
  on_machine systemctl enable --now firewalld
}

with_selinux() {
  fresh almalinux9
  have getenforce getsebool setsebool
  mkdir "${MACHINE}/state/selinux"
  printf '%s\n' "$1" >"${MACHINE}/state/selinux/mode"
  printf 'off\n' >"${MACHINE}/state/selinux/haproxy_connect_any"
}

@test "ufw: ports, ranges, whole networks and VRRP are let in, from where ports.tsv says" {
  with_ufw
  run_script prepare.sh "${WORKER}"
  assert_success
  grep --quiet --line-regexp 'ufw allow from 192.0.2.0/24 to any port 10250 proto tcp' "${MACHINE}/state/ufw"
  grep --quiet --line-regexp 'ufw allow 30000:32767/tcp' "${MACHINE}/state/ufw"
  grep --quiet --line-regexp 'ufw allow from 10.244.0.0/16' "${MACHINE}/state/ufw"
  with_ufw
  run_script prepare.sh "${BALANCER}"
  assert_success
  grep --quiet --line-regexp 'ufw allow from 192.0.2.92 proto vrrp' "${MACHINE}/state/ufw"
  grep --quiet --line-regexp 'ufw allow 6443/tcp' "${MACHINE}/state/ufw"
}

@test "ufw: killed anywhere, the next run finishes; a run after that changes nothing" {
  with_ufw
  kill_at_each_step prepare.sh "${BALANCER}"
  assert_second_run_changes_nothing prepare.sh "${BALANCER}"
}

@test "firewalld: rules of now and of the next start are the same" {
  with_firewalld
  assert_dry_run_tells_all prepare.sh "${BALANCER}"
  grep --quiet --line-regexp 'public rule family="ipv4" port port="6443" protocol="tcp" accept' "${MACHINE}/state/firewalld/running"
  grep --quiet --line-regexp 'public rule family="ipv4" source address="192.0.2.92" protocol value="vrrp" accept' "${MACHINE}/state/firewalld/running"
  cmp "${MACHINE}/state/firewalld/running" "${MACHINE}/state/firewalld/permanent"
}

@test "firewalld: rules go to the zone of the cluster's interface" {
  with_firewalld
  mkdir "${MACHINE}/state/firewalld"
  printf 'eth1\n' >"${MACHINE}/state/firewalld/internal"
  run_script prepare.sh "${BALANCER}"
  assert_success
  run ! grep '^public' "${MACHINE}/state/firewalld/running" "${MACHINE}/state/firewalld/permanent"
}

@test "firewalld: killed anywhere, the next run finishes; a run after that changes nothing" {
  with_firewalld
  kill_at_each_step prepare.sh "${BALANCER}"
  assert_second_run_changes_nothing prepare.sh "${BALANCER}"
}

@test "without a firewall that runs it says so and starts none" {
  fresh ubuntu2404
  have ufw
  run_script prepare.sh "${BALANCER}"
  assert_output_has 'note: neither firewalld nor ufw is active'
  refute_argv 'ufw allow'
}

@test "SELinux: HAProxy may use the API's port on balancers, and SELinux stays on" {
  with_selinux Enforcing
  run_script prepare.sh "${BALANCER}"
  assert_success
  [[ "$(<"${MACHINE}/state/selinux/haproxy_connect_any")" == on ]]
  [[ "$(<"${MACHINE}/state/selinux/mode")" == Enforcing ]]
  assert_second_run_changes_nothing prepare.sh "${BALANCER}"
}

@test "SELinux: nothing is allowed on workers, nor where it does not enforce" {
  with_selinux Enforcing
  run_script prepare.sh "${WORKER}"
  [[ "$(<"${MACHINE}/state/selinux/haproxy_connect_any")" == off ]]
  with_selinux Permissive
  run_script prepare.sh "${BALANCER}"
  [[ "$(<"${MACHINE}/state/selinux/haproxy_connect_any")" == off ]]
}
