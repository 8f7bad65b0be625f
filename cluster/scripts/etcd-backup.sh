#!/usr/bin/env bash
# A snapshot of etcd every night on this control plane, restored to be believed: installs etcd-snapshot.sh with its timer.
#
#   etcd-backup.sh [--dry-run] NODE
#
# Snapshots lie in /var/backups/slipway-etcd, on the disk of the machine: copy them to another one.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/download.sh"
source "$(dirname "${BASH_SOURCE[0]}")/programs.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd-tools.sh"
source "$(dirname "${BASH_SOURCE[0]}")/timers.sh"

begin "$@"
install_etcd_tools
install_timer slipway-etcd-snapshot lib.sh etcd.sh etcd-snapshot.sh
