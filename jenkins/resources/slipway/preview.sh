#!/usr/bin/env bash
# Writes what the checkout's dist/ does, against where it left the target branch, to REPORT. 0 and 1 of `slipway diff` are answers.
set -o errexit -o nounset -o pipefail

base="$(git merge-base "refs/remotes/origin/${TARGET}" HEAD)"
code=0
node tools/cli/bin.js diff --base "${base}" --markdown >"${REPORT}" || code=$?
if ((code > 1)); then
  echo "slipway diff failed with code ${code}" >&2
  exit "${code}"
fi
cat "${REPORT}"
