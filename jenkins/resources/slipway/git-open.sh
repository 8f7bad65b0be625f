#!/usr/bin/env bash
# Checks COMMIT out, whatever was changed or left here. What git ignores stays: packages need not be installed again.
set -o errexit -o nounset -o pipefail

git checkout --quiet --force --detach "${COMMIT}"
git clean -ffdq
