#!/usr/bin/env bash
# Pushes a built archive and prints the digest that the registry has for it. Needs the parts private.sh, registry.sh.
# A tag names one content for good: the same again is no push, another one is refused.
# ARCHIVE     what the build wrote
# IMAGE, TAG  repository and tag
reference="${REGISTRY}/${IMAGE}:${TAG}"

# Tags of a repository that is made here never move, and ECR scans what arrives.
ensure_ecr_repository() {
  local answer="${DOCKER_CONFIG}/repository" repository
  repository="${REGISTRY#"${registry_host}"}/${IMAGE}"
  repository="${repository#/}"
  local -r of_account=(--region "${ecr_region}" --registry-id "${registry_host%%.*}")
  if aws ecr describe-repositories "${of_account[@]}" --repository-names "${repository}" >/dev/null 2>"${answer}"; then return; fi
  grep --quiet RepositoryNotFoundException "${answer}" || { cat "${answer}" >&2; fail "cannot ask ECR for repository ${repository}; see the answer above"; }
  if aws ecr create-repository "${of_account[@]}" --repository-name "${repository}" \
    --image-tag-mutability IMMUTABLE --image-scanning-configuration scanOnPush=true >/dev/null 2>"${answer}"; then
    printf 'created repository %s\n' "${repository}" >&2
  elif ! grep --quiet RepositoryAlreadyExistsException "${answer}"; then # another build was quicker
    cat "${answer}" >&2
    fail "cannot create repository ${repository}; see the answer above"
  fi
}

ours="$(crane digest --tarball "${ARCHIVE}")"
registry_login >&2
[ -z "${ecr_region}" ] || ensure_ecr_repository
theirs="$(registry_digest "${reference}")"
if [ -z "${theirs}" ]; then
  crane push "${ARCHIVE}" "${reference}" >&2
  theirs="$(registry_digest "${reference}")"
fi
[ "${theirs}" = "${ours}" ] ||
  fail "${reference} is ${theirs:-not there}, the archive is ${ours}: a tag names one content for good; run the build again, it takes the one that is there"
printf '%s\n' "${theirs}"
