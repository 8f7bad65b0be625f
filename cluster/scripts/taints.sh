#!/usr/bin/env bash
# Brings the nodes' taints to what taints.tsv lists: who may run where. Adds what is missing, removes nothing: a taint
# that no list has is printed, with the command that takes it away.
#
#   taints.sh [--dry-run] NODE
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"

# Lines NODE<tab>TAINT, as kubectl takes a taint: key=value:effect, or key:effect. Those that Kubernetes itself
# sets and takes away while a node is not well are not listed.
taints_there() {
  # shellcheck disable=SC2016 # $node is the template's own
  kube get nodes --output 'go-template={{range .items}}{{$node := .metadata.name}}{{range .spec.taints}}{{$node}}{{"\t"}}{{.key}}{{if .value}}={{.value}}{{end}}:{{.effect}}{{"\n"}}{{end}}{{end}}' |
    grep --invert-match --perl-regexp '\tnode\.(kubernetes|cloudprovider\.kubernetes)\.io/' || true
}

taints_listed() {
  tail -n +2 "${NODE}/../../taints.tsv"
}

require_nodes() {
  local node nodes
  nodes="$(kube get nodes --output name)"
  while read -r node; do
    grep --quiet --line-regexp --fixed-strings "node/${node}" <<<"${nodes}" ||
      refuse "${node}: is no node of the cluster; expected every machine of taints.tsv. Let it join first: join.sh"
  done < <(taints_listed | cut --fields 1 | sort --unique)
}

add_missing() {
  local node taint there="$1"
  while IFS=$'\t' read -r node taint; do
    grep --quiet --line-regexp --fixed-strings "${node}"$'\t'"${taint}" <<<"${there}" ||
      change "taint ${node} with ${taint}" kube taint nodes "${node}" "${taint}" --overwrite
  done < <(taints_listed)
}

print_unlisted() {
  local node taint there="$1"
  while IFS=$'\t' read -r node taint; do
    [[ -z "${node}" ]] || printf 'listed nowhere: %s on %s; to take it away: kubectl taint nodes %s %s-\n' "${taint}" "${node}" "${node}" "${taint}"
  done < <(comm -23 <(sort <<<"${there}") <(taints_listed | sort))
}

begin "$@"
require_api
require_nodes
THERE="$(taints_there)"
add_missing "${THERE}"
print_unlisted "${THERE}"
