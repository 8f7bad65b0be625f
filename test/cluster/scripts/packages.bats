#!/usr/bin/env bats
# kubeadm, kubelet and kubectl in the version of the cluster, from packages that are signed, and held there.

load harness/machine
load harness/kills
load harness/mirror

readonly WORKER=lab/nodes/worker-1

machine() {
  fresh "$1"
  printf -- '-----BEGIN PGP PUBLIC KEY BLOCK-----\n' >"${BATS_TEST_TMPDIR}/key"
  publish lab kubernetes-apt-key "${BATS_TEST_TMPDIR}/key"
  publish lab kubernetes-rpm-key "${BATS_TEST_TMPDIR}/key"
}

@test "Debian and Ubuntu: exactly the cluster's version, from a signed source, pinned" {
  local distribution
  for distribution in debian12 ubuntu2404; do
    machine "${distribution}"
    run_script packages.sh "${WORKER}"
    assert_success
    run cat "${MACHINE}/state/packages"
    assert_output_has $'kubeadm 1.36.3-1.1\nkubectl 1.36.3-1.1\nkubelet 1.36.3-1.1'
    grep --quiet --line-regexp 'Signed-By: /etc/apt/keyrings/kubernetes.asc' "${MACHINE}/disk/etc/apt/sources.list.d/kubernetes.sources"
    cmp "${MACHINE}/disk/etc/apt/keyrings/kubernetes.asc" "${BATS_TEST_TMPDIR}/key"
    grep --quiet --line-regexp 'Pin: version 1.36.3-\*' "${MACHINE}/disk/etc/apt/preferences.d/kubernetes.pref"
    [[ -L "${MACHINE}/disk/etc/systemd/system/multi-user.target.wants/kubelet.service" ]]
  done
}

@test "AlmaLinux: exactly the cluster's version, signed, and left out of every other upgrade" {
  local distribution
  for distribution in almalinux9 almalinux10; do
    machine "${distribution}"
    run_script packages.sh "${WORKER}"
    assert_success
    run cat "${MACHINE}/state/packages"
    assert_output_has $'kubeadm 1.36.3-150500.1.1\nkubectl 1.36.3-150500.1.1\nkubelet 1.36.3-150500.1.1'
    grep --quiet --line-regexp 'gpgcheck=1' "${MACHINE}/disk/etc/yum.repos.d/kubernetes.repo"
    grep --quiet --line-regexp 'exclude=kubelet kubeadm kubectl .*' "${MACHINE}/disk/etc/yum.repos.d/kubernetes.repo"
    [[ -L "${MACHINE}/disk/etc/systemd/system/multi-user.target.wants/kubelet.service" ]]
  done
}

@test "a dry run changes nothing and names every change; a second run changes nothing" {
  local distribution
  for distribution in debian12 almalinux9; do
    machine "${distribution}"
    assert_dry_run_tells_all packages.sh "${WORKER}"
    assert_second_run_changes_nothing packages.sh "${WORKER}"
  done
}

@test "killed anywhere, the next run finishes: apt" {
  machine debian12
  kill_at_each_step packages.sh "${WORKER}"
}

@test "killed anywhere, the next run finishes: dnf" {
  machine almalinux10
  kill_at_each_step packages.sh "${WORKER}"
}

@test "programs that came by another way are left alone, and no repository is added" {
  machine debian12
  printf 'kubeadm 1.36.3\nkubectl 1.36.3\nkubelet 1.36.3\n' >"${MACHINE}/state/packages"
  printf '[Service]\nExecStart=/usr/bin/kubelet\n[Install]\nWantedBy=multi-user.target\n' >"${MACHINE}/units/kubelet.service"
  run_script packages.sh "${WORKER}"
  assert_success
  assert_output_has ': 1 changes'
  [[ ! -e "${MACHINE}/disk/etc/apt/sources.list.d" ]]
  refute_argv 'apt-get'
}

@test "one of the three in another version: all are brought to the cluster's" {
  machine debian12
  printf 'kubeadm 1.36.3-1.1\nkubectl 1.36.2-1.1\nkubelet 1.36.3-1.1\n' >"${MACHINE}/state/packages"
  run_script packages.sh "${WORKER}"
  assert_success
  grep --quiet --line-regexp 'kubectl 1.36.3-1.1' "${MACHINE}/state/packages"
}

@test "a node of a cluster gets no other version" {
  machine debian12
  printf 'kubeadm 1.35.7-1.1\nkubectl 1.35.7-1.1\nkubelet 1.35.7-1.1\n' >"${MACHINE}/state/packages"
  mkdir "${MACHINE}/disk/etc/kubernetes"
  : >"${MACHINE}/disk/etc/kubernetes/kubelet.conf"
  run_script packages.sh "${WORKER}"
  assert_refused 'this node: runs v1.35.7 v1.35.7 v1.35.7; expected 1.36.3. It belongs to a cluster already'
  refute_argv 'apt-get'
}

@test "a key without a checksum is refused before any package is asked for" {
  machine debian12
  sed --in-place '/^kubernetes-apt-key\t/s/\t[0-9a-f]\{64\}$/\t/' "${MACHINE}/clusters/lab/downloads.tsv"
  run_script packages.sh "${WORKER}"
  assert_refused 'kubernetes-apt-key 1.36 has no sha256'
  refute_argv 'apt-get'
}

@test "another distribution is refused" {
  machine debian12
  printf 'ID=alpine\n' >"${MACHINE}/disk/etc/os-release"
  run_script packages.sh "${WORKER}"
  assert_refused '/etc/os-release: names neither Debian, Ubuntu nor RHEL'
}

@test "a balancer is refused: nothing of Kubernetes runs there" {
  machine debian12
  run_script packages.sh lab/nodes/balancer-1
  assert_refused 'node.env: NODE_ROLE is balancer; expected one of: control-plane worker.'
}
