#!/usr/bin/env bash
# Prints the tag of an image: 12 hex digits of a hash of all that its build reads. The same inputs give the same tag, on every branch.
# DOCKERFILE, CONTEXT, PLATFORM  as the build gets them
# INPUTS      paths that the build reads, one a line; empty: the whole context
# BUILD_ARGS  NAME=value, one a line
set -o errexit -o nounset -o pipefail

fail() {
  printf 'image-tag: %s\n' "$1" >&2
  exit 1
}

# Docker reads the ignore file beside the Dockerfile, or else the context's.
inputs() {
  printf '%s\n' "${INPUTS:-${CONTEXT}}" "${DOCKERFILE}"
  local ignored
  for ignored in "${DOCKERFILE}.dockerignore" "${CONTEXT}/.dockerignore"; do
    [ ! -e "${ignored}" ] || printf '%s\n' "${ignored}"
  done
}

# What git holds of a path: mode, kind, object, name. A tree's object changes with anything in it.
objects() {
  local objects
  objects="$(git ls-tree HEAD -- "$1")"
  [ -n "${objects}" ] || fail "input ${1} is not in git; commit it, or take it out of \`inputs\`"
  printf '%s\n' "${objects}"
}

paths="$(inputs | sed 's#//*$##' | LC_ALL=C sort --unique)"
mapfile -t listed <<<"${paths}"
# What the library itself writes lies in build/.
changed="$(git status --porcelain --untracked-files=all -- "${listed[@]}" | sed '/^?? build\//d')"
[ -z "${changed}" ] || fail "inputs differ from the commit, so that no tag names them; commit or remove:
${changed}"

described="${DOCKERFILE} ${CONTEXT} ${PLATFORM}
$(LC_ALL=C sort <<<"${BUILD_ARGS:-}")"
for path in "${listed[@]}"; do
  of_path="$(objects "${path}")"
  described="${described}
${of_path}"
done
sum="$(sha256sum <<<"${described}")"
printf '%s\n' "${sum:0:12}"
