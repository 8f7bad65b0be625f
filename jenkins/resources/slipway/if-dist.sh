#!/usr/bin/env bash
# First part: ends here, well, where no synth wrote a dist/. Other tools have folders of that name.
set -o errexit -o nounset -o pipefail

if ! [ -d dist/inventory ]; then
  echo 'lint manifests: nothing to do, there is no dist/inventory'
  exit
fi
