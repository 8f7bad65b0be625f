#!/usr/bin/env bash
# Whether BRANCH of URL has COMMIT: 0 yes, 1 no, another code where the server does not say. Needs the part git-access.sh.
fetch || exit 2
git merge-base --is-ancestor "${COMMIT}" "refs/remotes/origin/${BRANCH}"
