# shellcheck shell=bash
# Once for all tests: namespaces are there, and the clusters' folders are rendered from their specs.

setup_suite() {
  if ((EUID != 0)); then
    printf 'user: is %s; expected root, for the tests make namespaces. Run: sudo npm run verify:cluster\n' "$(id -un)" >&2
    return 1
  fi
  # Rendered before, by the caller.
  [[ -z "${CLUSTERS:-}" ]] || return 0
  local here
  here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
  export CLUSTERS="${BATS_SUITE_TMPDIR}/clusters"
  node --require ts-node/register "${here}/harness/render.ts" "${CLUSTERS}"
}
