#!/usr/bin/env bash
# Makes a machine fit for its part in the cluster: names, clock, firewall, and on nodes swap, modules and sysctls.
#
#   prepare.sh [--dry-run] NODE
#
# It turns no firewall off, and SELinux neither: it lets in what ports.tsv names and allows what the role needs.
# shellcheck source-path=SCRIPTDIR
set -o errexit -o nounset -o pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "${HERE}/lib.sh"
source "${HERE}/system-packages.sh"
source "${HERE}/names.sh"
source "${HERE}/clock.sh"
source "${HERE}/firewall.sh"
source "${HERE}/selinux.sh"
source "${HERE}/swap.sh"
source "${HERE}/kernel.sh"

begin "$@"
set_host_name
write_hosts
keep_time
open_ports
if [[ "${BALANCES}" == true ]]; then
  allow_haproxy_ports
fi
if [[ "${NODE_ROLE}" != balancer ]]; then
  disable_swap
  load_modules
  apply_sysctls
fi
