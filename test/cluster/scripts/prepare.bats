#!/usr/bin/env bats
# A machine that is fit for its part in the cluster.

load harness/machine
load harness/kills

readonly WORKER=lab/nodes/worker-1
readonly BALANCER=lab/nodes/balancer-1

# Swap three times over: a line of fstab with its generated unit, a unit of the administrator's, compressed memory.
with_swap() {
  mkdir --parents "${MACHINE}/disk/run/systemd/generator"
  printf '[Swap]\nWhat=/dev/sda2\n' >"${MACHINE}/disk/run/systemd/generator/dev-sda2.swap"
  mkdir --parents "${MACHINE}/disk/etc/systemd/system"
  printf '[Swap]\nWhat=/swapfile\n[Install]\nWantedBy=swap.target\n' >"${MACHINE}/disk/etc/systemd/system/swapfile.swap"
  on_machine systemctl enable swapfile.swap
  printf '[Service]\nExecStart=/usr/sbin/zramswap start\n[Install]\nWantedBy=multi-user.target\n' >"${MACHINE}/units/zramswap.service"
  on_machine systemctl enable --now zramswap
  printf '/dev/zram0 partition 499996 0 100\n' >>"${MACHINE}/kernel/swaps"
  forget_argv
}

@test "a fresh Debian becomes a node" {
  fresh debian12
  run_script prepare.sh "${WORKER}"
  assert_success
  [[ "$(<"${MACHINE}/disk/etc/hostname")" == worker-1 && "$(<"${MACHINE}/kernel/proc-sys/kernel/hostname")" == worker-1 ]]
  grep --quiet --line-regexp '192.0.2.90 api.lab.example.com' "${MACHINE}/disk/etc/hosts"
  (($(wc --lines <"${MACHINE}/kernel/swaps") == 1))
  [[ "$(<"${MACHINE}/kernel/proc-sys/net/ipv4/ip_forward")" == 1 ]]
  [[ "$(<"${MACHINE}/kernel/proc-sys/net/bridge/bridge-nf-call-iptables")" == 1 ]]
  cmp "${MACHINE}/disk/etc/sysctl.d/60-slipway.conf" "${MACHINE}/clusters/${WORKER}/root/etc/sysctl.d/60-slipway.conf"
  cmp "${MACHINE}/disk/etc/modules-load.d/60-slipway.conf" "${MACHINE}/clusters/${WORKER}/root/etc/modules-load.d/60-slipway.conf"
  [[ -e "${MACHINE}/state/active/chrony.service" ]]
}

@test "a second run changes nothing" {
  local distribution
  for distribution in debian12 ubuntu2404 almalinux9 almalinux10; do
    fresh "${distribution}"
    with_swap
    run_script prepare.sh "${WORKER}"
    assert_success
    assert_second_run_changes_nothing prepare.sh "${WORKER}"
  done
}

@test "a dry run changes nothing and names every change" {
  fresh debian12
  with_swap
  assert_dry_run_tells_all prepare.sh "${WORKER}"
}

@test "killed anywhere, the next run finishes" {
  fresh debian12
  with_swap
  kill_at_each_step prepare.sh "${WORKER}"
}

@test "only lines that are swap are taken out of fstab" {
  fresh debian12
  cp "${MACHINE}/disk/etc/fstab" "${BATS_TEST_TMPDIR}/before"
  run_script prepare.sh "${WORKER}"
  run diff "${BATS_TEST_TMPDIR}/before" "${MACHINE}/disk/etc/fstab"
  assert_output_has '> # off, for kubelet refuses swap: /dev/sda2'
  (("$(grep --count '^[<>]' <<<"${output}")" == 2))
}

@test "no swap comes back with the next boot" {
  fresh debian12
  with_swap
  run_script prepare.sh "${WORKER}"
  [[ "$(readlink "${MACHINE}/disk/etc/systemd/system/dev-sda2.swap")" == /dev/null ]]
  [[ "$(readlink "${MACHINE}/disk/etc/systemd/system/zramswap.service")" == /dev/null ]]
  [[ ! -e "${MACHINE}/disk/etc/systemd/system/swap.target.wants/swapfile.swap" ]]
  [[ -f "${MACHINE}/disk/etc/systemd/system/swapfile.swap" ]]
}

@test "a kernel with everything built in needs no module" {
  fresh debian12
  on_machine modprobe --all overlay br_netfilter
  : >"${MACHINE}/state/no-modules"
  run_script prepare.sh "${WORKER}"
  assert_success
  refute_argv 'modprobe overlay'
}

@test "a kernel that lacks a feature is named, with what to do" {
  fresh debian12
  : >"${MACHINE}/state/no-modules"
  run_script prepare.sh "${WORKER}"
  assert_refused 'has no overlay, built in or as a module; expected it'
}

@test "a sysctl that somebody changed is set again" {
  fresh debian12
  run_script prepare.sh "${WORKER}"
  printf '0\n' >"${MACHINE}/kernel/proc-sys/net/ipv4/ip_forward"
  run_script prepare.sh "${WORKER}"
  assert_output_has 'change: set net.ipv4.ip_forward to 1'
  assert_output_has ': 1 changes'
}

@test "a balancer keeps its swap and its kernel, and gets names, clock and firewall" {
  fresh debian12
  run_script prepare.sh "${BALANCER}"
  assert_success
  [[ "$(<"${MACHINE}/disk/etc/hostname")" == balancer-1 ]]
  (($(wc --lines <"${MACHINE}/kernel/swaps") == 2))
  [[ ! -e "${MACHINE}/disk/etc/sysctl.d" ]]
}

@test "lines of others in /etc/hosts stay, and neighbours that went are gone" {
  fresh debian12
  run_script prepare.sh "${WORKER}"
  printf '203.0.113.9 printer\n' >>"${MACHINE}/disk/etc/hosts"
  sed --in-place '/worker-2/d' "${MACHINE}/clusters/${WORKER}/hosts"
  run_script prepare.sh "${WORKER}"
  grep --quiet --line-regexp '203.0.113.9 printer' "${MACHINE}/disk/etc/hosts"
  run ! grep worker-2 "${MACHINE}/disk/etc/hosts"
  (("$(grep --count 'slipway: begin' "${MACHINE}/disk/etc/hosts")" == 1))
}

@test "a container leaves the clock to its host" {
  fresh debian12
  : >"${MACHINE}/state/container"
  run_script prepare.sh "${WORKER}"
  assert_output_has 'note: a container has the clock of its host'
  refute_argv 'chrony'
}

@test "a clock that something keeps stays with it" {
  fresh ubuntu2404
  printf '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n' >"${MACHINE}/units/systemd-timesyncd.service"
  on_machine systemctl enable --now systemd-timesyncd
  run_script prepare.sh "${WORKER}"
  assert_success
  refute_argv 'chrony '
}
