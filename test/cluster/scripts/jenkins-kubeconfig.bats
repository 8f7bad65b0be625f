#!/usr/bin/env bats

load harness/machine
load harness/kills
load harness/kubernetes

NODE=lab/nodes/control-plane-1
FILE=/root/jenkins.kubeconfig

setup() {
  control_plane
  : >"${MACHINE}/state/cluster/namespaces/chat"
}

jenkins() {
  run --separate-stderr on_machine /slipway/scripts/jenkins-kubeconfig.sh "/slipway/clusters/${NODE}" "$@"
  assert_no_refusals
}

@test "jenkins-kubeconfig.sh writes a kubeconfig of the deployer for one namespace, for root alone" {
  jenkins chat "${FILE}"
  assert_success
  local text
  text="$(cat "${MACHINE}/disk${FILE}")"
  [[ "${text}" == *'server: https://api.lab.example.com:6443'* && "${text}" == *'token: canary-token-of-chat'* && "${text}" == *'namespace: chat'* ]]
  [[ "$(stat --format %a "${MACHINE}/disk${FILE}")" == 600 ]]
  [[ "$(sed --quiet 's/.*certificate-authority-data: //p' <<<"${text}" | base64 --decode)" == "$(cat "${MACHINE}/disk/etc/kubernetes/pki/ca.crt")" ]]
}

@test "jenkins-kubeconfig.sh shows until when it is good and how to renew it, and the token to nobody" {
  jenkins chat "${FILE}"
  assert_success
  [[ "${output}" == *"renew: /slipway/scripts/jenkins-kubeconfig.sh /slipway/clusters/${NODE} chat ${FILE}"* ]]
  [[ "${output}" == *"good until $(sed --quiet '1s/# expires: //p' "${MACHINE}/disk${FILE}")"* ]]
  assert_secret canary-token-of-chat
}

@test "jenkins-kubeconfig.sh changes nothing while more than half of the time is left, and renews afterwards" {
  jenkins chat "${FILE}"
  snapshot written
  jenkins chat "${FILE}"
  assert_same written
  assert_output_has ': 0 changes'
  sed --in-place "1s/.*/# expires: $(date --utc --date '+11 hours' +%FT%TZ)/" "${MACHINE}/disk${FILE}"
  jenkins chat "${FILE}"
  assert_output_has ': 1 changes'
}

@test "jenkins-kubeconfig.sh writes anew for another namespace, or where others could read it" {
  jenkins chat "${FILE}"
  : >"${MACHINE}/state/cluster/namespaces/hello"
  jenkins hello "${FILE}"
  assert_output_has ': 1 changes'
  chmod 0644 "${MACHINE}/disk${FILE}"
  jenkins hello "${FILE}"
  assert_output_has ': 1 changes'
  [[ "$(stat --format %a "${MACHINE}/disk${FILE}")" == 600 ]]
}

@test "jenkins-kubeconfig.sh is finished by the next run, wherever it was killed" {
  printf '2099-01-01T00:00:00Z' >"${MACHINE}/state/cluster/token-ends"
  own_scripts
  printf '#!/usr/bin/env bash\nset -- "$1" chat %s\nsource /slipway/scripts/jenkins-kubeconfig.sh\n' "${FILE}" >"${MACHINE}/scripts/jenkins.sh"
  chmod +x "${MACHINE}/scripts/jenkins.sh"
  kill_at_each_step jenkins.sh "${NODE}"
}

@test "jenkins-kubeconfig.sh refuses without the platform's ServiceAccount, and without a namespace" {
  jenkins nowhere "${FILE}"
  assert_refused 'nowhere: has no ServiceAccount deployer'
  run --separate-stderr on_machine /slipway/scripts/jenkins-kubeconfig.sh "/slipway/clusters/${NODE}"
  assert_refused "namespace: is ''"
  [[ ! -e "${MACHINE}/disk${FILE}" ]]
}
