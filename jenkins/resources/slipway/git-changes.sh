#!/usr/bin/env bash
# Names what differs from the commit, below PATHS (one a line); nothing where nothing does.
set -o errexit -o nounset -o pipefail

mapfile -t listed <<<"${PATHS}"
git status --porcelain --untracked-files=all --no-renames -- "${listed[@]}"
