#!/usr/bin/env bash
# Commits what differs below PATHS (one a line) as NAME <EMAIL>, with MESSAGE, and prints the commit; nothing where nothing differs.
set -o errexit -o nounset -o pipefail

mapfile -t listed <<<"${PATHS}"
git add --all -- "${listed[@]}"
if git diff --cached --quiet; then exit 0; fi
export GIT_AUTHOR_NAME="${NAME}" GIT_AUTHOR_EMAIL="${EMAIL}" GIT_COMMITTER_NAME="${NAME}" GIT_COMMITTER_EMAIL="${EMAIL}"
git commit --quiet --file=- <<<"${MESSAGE}"
git rev-parse HEAD
