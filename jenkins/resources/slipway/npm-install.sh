#!/usr/bin/env bash
# Installs the packages of package-lock.json, unless the very same ones are there for this node.
set -o errexit -o nounset -o pipefail

wanted="$(node --version) $(git hash-object package-lock.json)"
if [[ ! -f node_modules/.installed || "$(<node_modules/.installed)" != "${wanted}" ]]; then
  npm ci --no-audit --no-fund
  mkdir -p node_modules
  printf '%s' "${wanted}" >node_modules/.installed
fi
