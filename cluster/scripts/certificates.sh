#!/usr/bin/env bash
# Certificates of this control plane are renewed before they end: installs renew-certificates.sh with its daily timer.
#
#   certificates.sh [--dry-run] NODE
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/timers.sh"

begin "$@"
install_timer slipway-certificates lib.sh api.sh etcd.sh static-pods.sh renew-certificates.sh
