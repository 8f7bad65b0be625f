#!/usr/bin/env bash
# Runs one command of the checkout's slipway.
#   WORDS            its words, one a line
#   ANSWER           file that gets its stdout; stderr is its progress, and goes to the log
#   TOLD             file that gets its progress, too; may be unset
#   KUBECONFIG_FILE  kubeconfig that it takes; may be unset
# node runs it, and not npx: npx ends at once where it is told to end, and nobody would wait for what slipway then puts back.
set -o errexit -o nounset -o pipefail

mapfile -t line <<<"${WORDS}"
mkdir -p "$(dirname "${ANSWER}")"
: >"${ANSWER}"

# Told to end, slipway puts back what ran. This script waits for it, and never ends with 0 then: to Jenkins that would be no abort.
interrupted=''
private=''
trap 'interrupted=yes' TERM INT HUP

finish() {
  local code=$?
  # Twice, because the first one may be told to end, too.
  [[ -z "${private}" ]] || rm -rf "${private}" || rm -rf "${private}"
  if [[ -n "${interrupted}" && "${code}" -eq 0 ]]; then code=143; fi
  exit "${code}"
}
trap finish EXIT

if [[ -n "${KUBECONFIG_FILE:-}" ]]; then
  # Jenkins waits 20 s for a process that it told to end. Then it takes the credential's file away, and leaves the process to itself:
  # what that does still needs the kubeconfig. Whoever comes next in this checkout waits until it is done.
  exec 9>"$(git rev-parse --git-path slipway.lock)"
  flock 9
  private="$(mktemp -d)"
  (umask 077 && cat "${KUBECONFIG_FILE}" >"${private}/kubeconfig")
  line+=(--kubeconfig "${private}/kubeconfig")
fi

if [[ -n "${TOLD:-}" ]]; then
  node tools/cli/bin.js "${line[@]}" 2>&1 >"${ANSWER}" | tee "${TOLD}" >&2
else
  node tools/cli/bin.js "${line[@]}" >"${ANSWER}"
fi
