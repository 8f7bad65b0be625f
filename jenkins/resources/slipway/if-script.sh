#!/usr/bin/env bash
# First part: ends here, well, where package.json has no script of that name.
# NAME, SCRIPT  what it lints; name of the script
set -o errexit -o nounset -o pipefail

if ! node -e 'process.exit(process.argv[1] in (require("./package.json").scripts ?? {}) ? 0 : 1)' "${SCRIPT}" 2>/dev/null; then
  printf 'lint %s: nothing to do, package.json has no script %s\n' "${NAME}" "${SCRIPT}"
  exit
fi
