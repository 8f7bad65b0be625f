#!/usr/bin/env bash
# Brings the cluster's add-ons: metrics, addresses, ingress, storage, as addons/manifests.tsv lists them.
#
#   addons.sh [--dry-run] NODE
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/download.sh"
source "$(dirname "${BASH_SOURCE[0]}")/programs.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"
source "$(dirname "${BASH_SOURCE[0]}")/manifests.sh"

begin "$@"
require_api
apply_step addons
