#!/usr/bin/env bats
# containerd and runc: downloaded, verified, configured, restarted only when something changed.

load harness/machine
load harness/kills
load harness/mirror

readonly WORKER=lab/nodes/worker-1

# An archive as containerd releases it, with programs that only know their version.
containerd_archive() {
  local folder="${BATS_TEST_TMPDIR}/containerd" program
  mkdir --parents "${folder}/bin"
  for program in containerd containerd-shim-runc-v2 ctr; do
    printf '#!/bin/sh\necho "%s github.com/containerd/containerd/v2 v%s abcdef"\n' "${program}" "$1" >"${folder}/bin/${program}"
    chmod 0755 "${folder}/bin/${program}"
  done
  tar --create --gzip --file="${BATS_TEST_TMPDIR}/containerd.tar.gz" --directory="${folder}" bin
  printf '%s\n' "${BATS_TEST_TMPDIR}/containerd.tar.gz"
}

setup() {
  fresh debian12
  publish lab containerd "$(containerd_archive 2.3.7)"
  printf '#!/bin/sh\nprintf "runc version 1.4.3\\nspec: 1.3.0\\n"\n' >"${BATS_TEST_TMPDIR}/runc"
  publish lab runc "${BATS_TEST_TMPDIR}/runc"
}

@test "a machine without a runtime gets containerd and runc, running and enabled" {
  run_script containerd.sh "${WORKER}"
  assert_success
  [[ "$(on_machine /usr/local/bin/containerd --version)" == *' v2.3.7 '* ]]
  [[ -x "${MACHINE}/usr-local/bin/containerd-shim-runc-v2" && -x "${MACHINE}/usr-local/bin/ctr" ]]
  [[ -x "${MACHINE}/usr-local/sbin/runc" ]]
  cmp "${MACHINE}/disk/etc/containerd/config.toml" "${MACHINE}/clusters/${WORKER}/root/etc/containerd/config.toml"
  [[ -f "${MACHINE}/disk/etc/containerd/certs.d/registry.lab.example.com:5000/hosts.toml" ]]
  [[ -L "${MACHINE}/disk/etc/systemd/system/multi-user.target.wants/containerd.service" ]]
  [[ -e "${MACHINE}/state/active/containerd.service" ]]
}

@test "a dry run changes nothing and names every change; a second run changes nothing" {
  assert_dry_run_tells_all containerd.sh "${WORKER}"
  assert_second_run_changes_nothing containerd.sh "${WORKER}"
}

@test "killed anywhere on a fresh machine, the next run finishes" {
  kill_at_each_step containerd.sh "${WORKER}"
}

@test "killed anywhere while it upgrades a running containerd, the next run finishes and restarts it" {
  run_script containerd.sh "${WORKER}"
  assert_success
  printf '#!/bin/sh\necho "containerd github.com/containerd/containerd/v2 v2.2.0 abcdef"\n' >"${MACHINE}/usr-local/bin/containerd"
  printf '# older\n' >"${MACHINE}/disk/etc/containerd/config.toml"
  printf '# older\n' >"${MACHINE}/disk/etc/systemd/system/containerd.service"
  kill_at_each_step containerd.sh "${WORKER}"
}

@test "a dry run tells of the restart too" {
  run_script containerd.sh "${WORKER}"
  printf '# older\n' >"${MACHINE}/disk/etc/containerd/config.toml"
  assert_dry_run_tells_all containerd.sh "${WORKER}"
  assert_argv 'systemctl restart containerd'
}

@test "nothing changed: containerd is not restarted" {
  run_script containerd.sh "${WORKER}"
  forget_argv
  run_script containerd.sh "${WORKER}"
  assert_success
  refute_argv 'restart'
  refute_argv 'curl'
}

@test "a download without a checksum is refused, with what fills it" {
  sed --in-place 's/\t[0-9a-f]\{64\}$/\t/' "${MACHINE}/clusters/lab/downloads.tsv"
  run_script containerd.sh "${WORKER}"
  assert_refused 'downloads.tsv: containerd 2.3.7 has no sha256; expected one. `slipway cluster pin` on a connected machine fills it'
  [[ ! -e "${MACHINE}/usr-local/bin/containerd" ]]
  refute_argv 'curl'
}

@test "a download with another checksum is refused and removed, before anything of it is unpacked" {
  put_on_mirror "$(awk -F '\t' '$1 == "containerd" && $3 == "amd64" { print $4 }' "${MACHINE}/clusters/lab/downloads.tsv")" /etc/os-release
  put_on_mirror "$(awk -F '\t' '$1 == "containerd" && $3 == "arm64" { print $4 }' "${MACHINE}/clusters/lab/downloads.tsv")" /etc/os-release
  run_script containerd.sh "${WORKER}"
  assert_refused 'It was removed: find out who changed it before you pin it anew'
  run find "${MACHINE}/disk/var/cache/slipway" -type f
  [[ -z "${output}" ]]
  [[ ! -e "${MACHINE}/usr-local/bin/containerd" ]]
}

@test "what was downloaded before is verified again, and fetched anew where it is not right" {
  run_script containerd.sh "${WORKER}"
  printf 'rot' >>"${MACHINE}/disk/var/cache/slipway/runc-1.4.3-runc.$(dpkg --print-architecture)"
  rm "${MACHINE}/usr-local/sbin/runc"
  run_script containerd.sh "${WORKER}"
  assert_success
  cmp "${MACHINE}/usr-local/sbin/runc" "${BATS_TEST_TMPDIR}/runc"
}

@test "a file that the table does not know is refused" {
  sed --in-place '/^runc\t/d' "${MACHINE}/clusters/lab/downloads.tsv"
  run_script containerd.sh "${WORKER}"
  assert_refused 'downloads.tsv: has no row runc for'
}

@test "a balancer is refused: nothing of Kubernetes runs there" {
  run_script containerd.sh lab/nodes/balancer-1
  assert_refused 'node.env: NODE_ROLE is balancer; expected one of: control-plane worker.'
}
