#!/usr/bin/env bash
# Writes a token of ECR for REGISTRY into Secret SECRET of ENVIRONMENT's namespace.
# KUBECONFIG_FILE  secret: kubeconfig of an account that may write it
# The token goes through pipes: it stands in no file and on no command line.
set -o errexit -o nounset -o pipefail
set +o xtrace

fail() {
  printf 'refreshPullSecret: %s\n' "$1" >&2
  exit 1
}

inventory() {
  node -p "require('./dist/inventory/' + process.env.ENVIRONMENT + '.json').$1"
}

# A token that is handed to another cluster is out of hand.
server="$(kubectl config view --kubeconfig "${KUBECONFIG_FILE}" --minify --output 'jsonpath={.clusters[0].cluster.server}')"
expected="https://$(inventory apiEndpoint.host):$(inventory apiEndpoint.port)"
[[ "${server}" = "${expected}" ]] ||
  fail "the kubeconfig leads to ${server:-nowhere}, ${ENVIRONMENT} is at ${expected}. Next: give the credential of that cluster"

[[ "${REGISTRY}" =~ ^[0-9]+\.dkr\.ecr\.([a-z0-9-]+)\. ]]
token="$(aws ecr get-login-password --region "${BASH_REMATCH[1]}")"
[[ -n "${token}" ]] || fail 'aws ecr get-login-password printed nothing; expected a token'

base64_of() {
  base64 --wrap=0
}

login="$(printf 'AWS:%s' "${token}" | base64_of)"
config="$(printf '{"auths":{"%s":{"auth":"%s"}}}' "${REGISTRY}" "${login}" | base64_of)"
printf '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/dockerconfigjson","metadata":{"name":"%s","annotations":{"slipway.release/expires":"%s"}},"data":{".dockerconfigjson":"%s"}}' \
  "${SECRET}" "$(date --utc --date='+12 hours' +%FT%TZ)" "${config}" |
  kubectl apply --kubeconfig "${KUBECONFIG_FILE}" --namespace "$(inventory namespace)" --server-side --field-manager=slipway-pull-secret --filename=-
