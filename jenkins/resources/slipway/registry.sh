#!/usr/bin/env bash
# Part of the scripts that talk to a registry: logs in, asks. Needs the part private.sh: the login lives in a DOCKER_CONFIG of the script's own
# and goes with it. No token stays on the agent, and no older one of another build is used.
# REGISTRY        host, or host and path: 123456789012.dkr.ecr.eu-central-1.amazonaws.com, docker.io/acme
# REGISTRY_USER   name for registries other than ECR
# REGISTRY_TOKEN  secret: password or access token for registries other than ECR; without one there is no login

fail() {
  printf 'registry: %s\n' "$1" >&2
  exit 1
}

# buildx keeps its builders beside the login; they are to be found in spite of the other DOCKER_CONFIG.
export BUILDX_CONFIG="${BUILDX_CONFIG:-${DOCKER_CONFIG:-${HOME}/.docker}/buildx}"
# shellcheck disable=SC2154 # of private.sh
export DOCKER_CONFIG="${private}"

registry_host="${REGISTRY:-}"
registry_host="${registry_host%%/*}"
ecr_region=''
if [[ "${registry_host}" =~ ^[0-9]{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$ ]]; then
  ecr_region="${BASH_REMATCH[1]}"
fi

registry_login() {
  if [ -n "${ecr_region}" ]; then
    aws ecr get-login-password --region "${ecr_region}" | crane auth login "${registry_host}" --username AWS --password-stdin
  elif [ -n "${REGISTRY_TOKEN:-}" ]; then
    printf '%s' "${REGISTRY_TOKEN}" | crane auth login "${registry_host}" --username "${REGISTRY_USER}" --password-stdin
  fi
}

# The digest that a tag names, nothing where the registry has no such tag. Any other answer is a failure.
registry_digest() {
  local digest
  if digest="$(crane digest "$1" 2>"${DOCKER_CONFIG}/answer")"; then
    printf '%s\n' "${digest}"
  elif ! grep --quiet --extended-regexp 'MANIFEST_UNKNOWN|NAME_UNKNOWN' "${DOCKER_CONFIG}/answer"; then
    cat "${DOCKER_CONFIG}/answer" >&2
    fail "${1}: the registry does not say whether it has it; see the answer above"
  fi
}
