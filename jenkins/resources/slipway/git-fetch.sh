#!/usr/bin/env bash
# Prints the commit at the tip of BRANCH of URL. Needs the part git-access.sh.
fetch
git rev-parse --verify "refs/remotes/origin/${BRANCH}^{commit}"
