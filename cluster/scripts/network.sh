#!/usr/bin/env bash
# Brings the network between pods, Calico, and waits until every node is Ready. Where one is not, says why.
#
#   network.sh [--dry-run] NODE
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/download.sh"
source "$(dirname "${BASH_SOURCE[0]}")/programs.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"
source "$(dirname "${BASH_SOURCE[0]}")/manifests.sh"

require_network() {
  kube wait --for condition=Available tigerastatus/calico --timeout 10m &&
    kube wait --for condition=Ready nodes --all --timeout 5m && return
  diagnose_nodes
  return 1
}

# The reason that each node gives, and what its network's own pods do.
diagnose_nodes() {
  {
    printf '\nNodes that are not Ready, and the reason they give:\n'
    kube get nodes --output 'jsonpath={range .items[*]}{.metadata.name}{"\t"}{range .status.conditions[?(@.type=="Ready")]}{.status}{"\t"}{.reason}{"\t"}{.message}{end}{"\n"}{end}' |
      awk -F '\t' '$2 != "True"' || true
    printf '\nThe network itself:\n'
    kube get tigerastatus || true
  } >&2
  diagnose_pods tigera-operator
  diagnose_pods calico-system
  printf '\nOften: no image (ImagePullBackOff: the registry), an interface that was not found (nodeAddressAutodetection in addons/calico.yaml), a port that is closed (ports.tsv).\n' >&2
}

begin "$@"
require_api
apply_step network
[[ "${DRY_RUN}" == true ]] || require_network
