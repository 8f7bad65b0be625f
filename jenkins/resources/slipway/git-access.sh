#!/usr/bin/env bash
# Part of the scripts that reach the repository of the charts at URL.
# GIT_USERNAME, GIT_PASSWORD  secret; without them nothing is asked for
# git gets them from a helper that reads this environment, and only for URL's own host: they stand in no file, no command line and no address.
set -o errexit -o nounset -o pipefail

fail() {
  printf 'charts: %s\n' "$1" >&2
  exit 1
}

if [[ "${URL}" =~ ^[a-z]+://[^/@]*:[^/@]*@ ]]; then
  fail 'the address of the repository holds a password; expected one without, and a credential'
fi
export GIT_TERMINAL_PROMPT=0 GIT_SSH_COMMAND='ssh -o BatchMode=yes'
if [[ -n "${GIT_PASSWORD:-}" && "${URL}" =~ ^https?://([^/@]*@)?[^/]+ ]]; then
  # The empty helper forgets those that the agent's own configuration has.
  # shellcheck disable=SC2016 # git's shell expands it
  export GIT_CONFIG_COUNT=2 \
    GIT_CONFIG_KEY_0="credential.${BASH_REMATCH[0]}.helper" GIT_CONFIG_VALUE_0='' \
    GIT_CONFIG_KEY_1="credential.${BASH_REMATCH[0]}.helper" \
    GIT_CONFIG_VALUE_1='!tell() { [ "$1" != get ] || printf "username=%s\npassword=%s\n" "${GIT_USERNAME}" "${GIT_PASSWORD}"; }; tell'
fi

# The tip of BRANCH with its whole history, as refs/remotes/origin/<branch>. A checkout of Jenkins may be shallow.
fetch() {
  local -a whole=()
  [[ -e .git ]] || git init --quiet
  if [[ "$(git rev-parse --is-shallow-repository)" = true ]]; then whole=(--unshallow); fi
  git fetch --quiet --no-tags "${whole[@]}" "${URL}" "+refs/heads/${BRANCH}:refs/remotes/origin/${BRANCH}"
}
