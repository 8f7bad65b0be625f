#!/usr/bin/env bash
# Builds one image into an archive that any registry takes; nothing is pushed. Needs the parts private.sh, registry.sh.
# IMAGE, TAG, DOCKERFILE, CONTEXT, PLATFORM
# BUILD_ARGS, LABELS  NAME=value, one a line. The history of an image shows its build arguments: no secret is one.
# CACHE               reference of the layers' cache in REGISTRY; empty: none
# PUSH_CACHE          true: the cache is written, too
# ARCHIVE, METADATA   files that are written
options=()
named() {
  local line
  while IFS= read -r line; do
    [ -z "${line}" ] || options+=("$1" "${line}")
  done <<<"$2"
}

# The address of a clone may hold a password.
source_of_commit="$(git config --get remote.origin.url | sed -E 's#^([a-z+]+://)[^/@]*@#\1#' || true)"
revision="$(git rev-parse HEAD)"

named --build-arg "${BUILD_ARGS:-}"
named --label "org.opencontainers.image.revision=${revision}
org.opencontainers.image.version=${TAG}
org.opencontainers.image.source=${source_of_commit}
${LABELS:-}"
if [ -n "${CACHE:-}" ]; then
  registry_login
  options+=(--cache-from "type=registry,ref=${CACHE}")
  # ECR takes a cache as an OCI image only.
  [ "${PUSH_CACHE}" != true ] || options+=(--cache-to "type=registry,ref=${CACHE},mode=max,image-manifest=true,oci-mediatypes=true")
fi

mkdir -p "$(dirname "${ARCHIVE}")"
# An archive holds one image; an attestation would make an index of it.
docker buildx build --file "${DOCKERFILE}" --platform "${PLATFORM}" --provenance=false "${options[@]}" \
  --metadata-file "${METADATA}" --output "type=docker,dest=${ARCHIVE}" --tag "${IMAGE}:${TAG}" --progress plain "${CONTEXT}"
