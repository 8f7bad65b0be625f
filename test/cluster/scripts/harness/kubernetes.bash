# shellcheck shell=bash
# Machines on which kubeadm, the kubelet and etcd's tools are installed, and the cluster that they are part of.

# In two parts: whole, it looks like somebody's.
readonly MINTED=(abcdef 0123456789abcdef)
readonly TOKEN="${MINTED[0]}.${MINTED[1]}"
readonly CERTIFICATE_KEY=5ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2
readonly CA_HASH=sha256:0906df6e8a51a9d5fd1f4e5a4b9a6e8a0906df6e8a51a9d5fd1f4e5a4b9a6e8a

kubernetes_machine() {
  fresh debian12
  mkdir --parents "${MACHINE}"/state/cluster/{nodes,namespaces,applied,releases}
  : >"${MACHINE}/state/argv"
  printf '[Service]\nExecStart=/usr/bin/kubelet\n[Install]\nWantedBy=multi-user.target\n' >"${MACHINE}/units/kubelet.service"
}

# The first control plane, begun by our own script.
control_plane() {
  kubernetes_machine
  run_script control-plane.sh lab/nodes/control-plane-1
  assert_success
}

# A machine that may join: the cluster lives elsewhere, and has minted what it joins with.
joining_machine() {
  kubernetes_machine
  : >"${MACHINE}/state/cluster/lives"
  : >"${MACHINE}/state/cluster/nodes/control-plane-1"
  printf '%s\n' "${TOKEN}" >"${MACHINE}/state/cluster/tokens"
  printf '%s\n' "${CERTIFICATE_KEY}" >"${MACHINE}/state/cluster/certificate-key"
  printf 'a1, started, control-plane-1, https://192.0.2.97:2380, https://192.0.2.97:2379, false\n' >"${MACHINE}/state/cluster/members"
}

encryption_config() {
  printf 'kind: EncryptionConfiguration\nsecret: canary-encryption-key\n'
}

bundle() {
  printf 'TOKEN=%s\nCA_HASH=%s\n' "${TOKEN}" "${CA_HASH}"
  [[ "$1" == worker ]] ||
    printf 'CERTIFICATE_KEY=%s\nENCRYPTION_CONFIG=%s\n' "${CERTIFICATE_KEY}" "$(encryption_config | base64 --wrap 0)"
}

# What downloads.tsv names is there to be fetched, with a checksum; etcd, helm and charts are archives as theirs are.
fill_mirror() {
  local table="${MACHINE}/clusters/lab/downloads.tsv" name version arch url file
  while IFS=$'\t' read -r name version arch url _; do
    file="${MACHINE}/state/mirror/${url#https://}"
    mkdir --parents "$(dirname "${file}")"
    case "${name}" in
      etcd) archive "${file}" etcdctl etcdutl ;;
      helm) archive "${file}" helm ;;
      *) printf 'what %s %s brings\n' "${name}" "${version}" >"${file}" ;;
    esac
    printf '%s\t%s\t%s\t%s\t%s\n' "${name}" "${version}" "${arch}" "${url}" "$(sha256sum "${file}" | cut --delimiter ' ' --fields 1)"
  done < <(tail -n +2 "${table}") >"${table}.new"
  { head -n 1 "${table}" && cat "${table}.new"; } >"${table}.filled"
  mv "${table}.filled" "${table}"
  rm "${table}.new"
}

archive() {
  local file="$1" folder="${BATS_TEST_TMPDIR}/release" program
  shift
  mkdir --parents "${folder}/release"
  for program in "$@"; do printf '#!/bin/sh\n# %s of a release\n' "${program}" >"${folder}/release/${program}"; done
  tar --create --gzip --file "${file}" --directory "${folder}" release
}

# Nothing that is secret stands in the arguments of any program, nor in what the script printed.
assert_secret() {
  local secret
  for secret in "$@"; do
    refute_argv "${secret}"
    [[ "${output}${stderr}" != *"${secret}"* ]] || fail "a secret was printed: ${secret}"
  done
}

# kubeadm is killed after a phase, once; the script ends with it.
stop_kubeadm_after() {
  printf '%s\n' "$1" >"${MACHINE}/state/kubeadm-stops-after"
}
