#!/usr/bin/env bash
# What main.ts runs in the namespaces: first process there, it collects what dying programs leave behind. Namespaces of
# machines are made below a /run that nobody outside sees; all of it ends with this process.
set -o errexit -o nounset -o pipefail

mount --types tmpfs --options mode=755 tmpfs /run
mkdir /run/netns
status=0
"$@" || status=$?
exit "${status}"
