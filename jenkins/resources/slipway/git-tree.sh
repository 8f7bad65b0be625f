#!/usr/bin/env bash
# Prints git's hash of FOLDER as it lies on disk, committed or not.
set -o errexit -o nounset -o pipefail

# An index of its own: nothing is staged.
GIT_INDEX_FILE="$(git rev-parse --git-path slipway.index)"
export GIT_INDEX_FILE
rm -f "${GIT_INDEX_FILE}"
git add --force -- "${FOLDER}"
git write-tree
rm -f "${GIT_INDEX_FILE}"
