#!/usr/bin/env bash
# Hadolint on every Dockerfile that git knows.
set -o errexit -o nounset -o pipefail

mapfile -d '' -t files < <(git ls-files -z -- 'Dockerfile' '*/Dockerfile' '*.Dockerfile' 'Dockerfile.*' '*/Dockerfile.*' ':!*.dockerignore')
if [ "${#files[@]}" -eq 0 ]; then
  echo 'lint dockerfiles: nothing to do, git knows no Dockerfile'
  exit
fi
printf 'lint dockerfiles: %s\n' "${files[@]}"
hadolint "${files[@]}"
