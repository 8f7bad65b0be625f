#!/usr/bin/env bats
# With the real kubectl. The script is a person's own: it runs here as it is, in a home folder of the test.

bats_require_minimum_version 1.5.0

SCRIPT="${BATS_TEST_DIRNAME}/../../../cluster/scripts/kubeconfig.sh"

setup_file() {
  PROGRAMS="$(node --require ts-node/register "${BATS_TEST_DIRNAME}/harness/programs.ts")"
  export PROGRAMS
}

setup() {
  PATH="${PROGRAMS}" type -P kubectl >/dev/null || skip 'kubectl is not built: npm run verify:cluster builds it'
  export HOME="${BATS_TEST_TMPDIR}/home" TMPDIR="${BATS_TEST_TMPDIR}/tmp" PATH="${PROGRAMS}:${PATH}"
  mkdir --parents "${HOME}" "${TMPDIR}"
  NODE="${CLUSTERS}/lab/nodes/control-plane-1"
  CONFIG="${HOME}/.kube/config"
}

admin_conf() {
  cat <<CONF
apiVersion: v1
kind: Config
clusters: [{name: kubernetes, cluster: {server: "https://192.0.2.97:6443", certificate-authority-data: $(base64 --wrap 0 <<<'an authority')}}]
users: [{name: kubernetes-admin, user: {client-certificate-data: $(base64 --wrap 0 <<<'a certificate'), client-key-data: $(base64 --wrap 0 <<<"${1:-canary key}")}}]
contexts: [{name: kubernetes-admin@kubernetes, context: {cluster: kubernetes, user: kubernetes-admin}}]
current-context: kubernetes-admin@kubernetes
CONF
}

# A file of a person with another cluster, whose certificates lie beside it.
others() {
  mkdir --parents "${HOME}/.kube"
  printf 'authority of others\n' >"${HOME}/.kube/others.crt"
  cat >"${CONFIG}" <<'CONF'
apiVersion: v1
kind: Config
clusters: [{name: others, cluster: {server: "https://others.example.com:6443", certificate-authority: others.crt}}]
users: [{name: me, user: {token: canary-of-others}}]
contexts: [{name: others, context: {cluster: others, user: me, namespace: work}}]
current-context: others
CONF
}

merge() {
  run --separate-stderr "${SCRIPT}" "$@" "${NODE}" < <(admin_conf)
  ((status == 0)) || { printf '%s\n%s\n' "${output}" "${stderr}" && return 1; }
}

view() {
  kubectl --kubeconfig "${CONFIG}" config view --raw --output "jsonpath=$1"
}

@test "kubeconfig.sh writes a first kubeconfig: the cluster by its highly available address, for this person alone" {
  merge
  [[ "$(view '{.current-context} {.clusters[0].name} {.clusters[0].cluster.server}')" == 'slipway-lab slipway-lab https://api.lab.example.com:6443' ]]
  [[ "$(view '{.users[0].user.client-key-data}' | base64 --decode)" == 'canary key' ]]
  [[ "$(stat --format %a "${CONFIG}")" == 600 ]]
}

@test "kubeconfig.sh leaves the contexts of others and the current one as they are, and keeps the file before" {
  others
  cp "${CONFIG}" "${BATS_TEST_TMPDIR}/before"
  merge
  [[ "$(view '{.current-context} {.contexts[?(@.name=="others")].context.namespace} {.users[?(@.name=="me")].user.token}')" == 'others work canary-of-others' ]]
  [[ "$(view '{.clusters[?(@.name=="others")].cluster.certificate-authority}')" == others.crt ]]
  [[ "$(view '{.contexts[?(@.name=="slipway-lab")].context.user}')" == slipway-lab ]]
  diff "${BATS_TEST_TMPDIR}/before" "${CONFIG}.before-slipway"
}

@test "kubeconfig.sh changes nothing the second time, and only its own entry when the certificate is new" {
  others
  merge
  local before
  before="$(find "${HOME}" -type f -printf '%p %T@ %i\n' | sort)"
  merge
  [[ "${output}" == *': 0 changes'* ]]
  [[ "$(find "${HOME}" -type f -printf '%p %T@ %i\n' | sort)" == "${before}" ]]
  run "${SCRIPT}" "${NODE}" < <(admin_conf 'new key')
  [[ "${output}" == *': 1 changes'* && "$(view '{.users[?(@.name=="slipway-lab")].user.client-key-data}' | base64 --decode)" == 'new key' ]]
  [[ "$(view '{.users[?(@.name=="me")].user.token}')" == canary-of-others ]]
}

@test "kubeconfig.sh writes through a link, and takes a file from others' eyes" {
  others
  mv "${CONFIG}" "${HOME}/elsewhere"
  ln --symbolic "${HOME}/elsewhere" "${CONFIG}"
  chmod 0644 "${HOME}/elsewhere"
  merge
  [[ -L "${CONFIG}" && "$(stat --format %a "${HOME}/elsewhere")" == 600 ]]
  chmod 0644 "${HOME}/elsewhere"
  merge
  [[ "$(stat --format %a "${HOME}/elsewhere")" == 600 ]]
}

@test "kubeconfig.sh says in a dry run what it would do, and leaves no file" {
  merge --dry-run
  [[ "${output}" == *'would: context slipway-lab'* ]]
  [[ -z "$(find "${HOME}" "${TMPDIR}" -type f)" ]]
}

@test "kubeconfig.sh refuses what is no kubeconfig of an administrator, and changes nothing" {
  others
  cp "${CONFIG}" "${BATS_TEST_TMPDIR}/before"
  run --separate-stderr "${SCRIPT}" "${NODE}" <<<'sudo: a password is required'
  ((status == 2))
  [[ "${stderr}" == *'has no clusters[0].cluster.certificate-authority-data'* ]]
  diff "${BATS_TEST_TMPDIR}/before" "${CONFIG}"
}

@test "kubeconfig.sh gives kubectl no key on its command line, and leaves none in a temporary file" {
  printf '#!/bin/sh\nprintf "%%s\\n" "$*" >>"%s/argv"\nexec "%s" "$@"\n' "${BATS_TEST_TMPDIR}" "$(type -P kubectl)" >"${BATS_TEST_TMPDIR}/kubectl"
  chmod +x "${BATS_TEST_TMPDIR}/kubectl"
  PATH="${BATS_TEST_TMPDIR}:${PATH}" merge
  [[ -s "${BATS_TEST_TMPDIR}/argv" ]]
  [[ -z "$(find "${TMPDIR}" -type f)" && "${output}${stderr}" != *canary* ]]
  run ! grep --fixed-strings -e 'canary' -e "$(base64 --wrap 0 <<<'canary key')" "${BATS_TEST_TMPDIR}/argv"
}

# Kills the script before each of its commands: the file is the old or the new one, and the next run finishes.
@test "kubeconfig.sh is finished by the next run, wherever it was killed" {
  others
  cp "${CONFIG}" "${BATS_TEST_TMPDIR}/old"
  merge
  cp "${CONFIG}" "${BATS_TEST_TMPDIR}/new"
  printf 'unset BASH_ENV\nset -o functrace\ntrap "((++STEP != KILL_AT)) || kill -KILL \\$\\$" DEBUG\n' >"${BATS_TEST_TMPDIR}/kill.sh"
  local at=0
  while true; do
    at=$((at + 1))
    rm --recursive --force "${HOME}/.kube"/*slipway*
    cp "${BATS_TEST_TMPDIR}/old" "${CONFIG}"
    run env STEP=0 KILL_AT="${at}" BASH_ENV="${BATS_TEST_TMPDIR}/kill.sh" "${SCRIPT}" "${NODE}" < <(admin_conf)
    ((status == 137)) || break
    cmp --silent "${CONFIG}" "${BATS_TEST_TMPDIR}/old" || cmp "${CONFIG}" "${BATS_TEST_TMPDIR}/new"
    ((at % 8 != 0)) || { merge && cmp "${CONFIG}" "${BATS_TEST_TMPDIR}/new"; }
  done
  ((status == 0 && at > 40))
  printf '# kubeconfig.sh: killed before %s commands\n' "$((at - 1))" >&3
}
