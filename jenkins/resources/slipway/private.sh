#!/usr/bin/env bash
# First part of scripts that keep something to themselves: a folder that only they can read, and that goes with them, aborted or not.
set -o errexit -o nounset -o pipefail
set +o xtrace

private="$(umask 077 && mktemp -d)"

# A signal that comes while the folder goes must not leave half of it, nor make an abort look like a success.
remove_private() {
  local code=$?
  trap 'code=143' TERM
  for _ in 1 2 3; do
    if rm -rf "${private}"; then break; fi
  done
  exit "${code}"
}
trap remove_private EXIT
trap 'exit 143' TERM
