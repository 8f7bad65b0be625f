#!/usr/bin/env bash
# Prints which flags the pinned tools know, as their own --help says: the table that the fakes refuse by.
#
#   flags.sh FOLDER…   folders that hold kubeadm, kubectl, etcdctl, etcdutl and helm
#
# A line for each command of the scripts: tool and command, a tab, its flags. `=` at the end: the flag takes a value.
set -o errexit -o nounset -o pipefail

PATH="$(IFS=: && printf '%s' "$*"):${PATH}"

readonly COMMANDS=(
  'kubeadm init' 'kubeadm init phase upload-certs' 'kubeadm join' 'kubeadm reset' 'kubeadm token create'
  'kubeadm certs certificate-key' 'kubeadm certs check-expiration' 'kubeadm certs renew all'
  'kubectl get' 'kubectl diff' 'kubectl apply' 'kubectl wait' 'kubectl rollout status' 'kubectl taint'
  'kubectl delete' 'kubectl create token'
  'etcdctl member list' 'etcdctl member remove' 'etcdctl endpoint health' 'etcdctl endpoint status'
  'etcdctl snapshot save' 'etcdctl get' 'etcdctl version'
  'etcdutl snapshot restore' 'etcdutl hashkv' 'etcdutl version'
  'helm list' 'helm upgrade' 'helm version'
)

# Long flags of a help text in the three ways that these tools write them: `--a string`, `--a=''`, `--a[=false]`.
flags_of() {
  sed --quiet --regexp-extended 's/^ *(-[A-Za-z], )?(--[a-z0-9-]+)(.*)$/\2 \3/p' | awk '
    {
      flag = $1; rest = substr($0, length($1) + 2)
      # A value that may be left out only goes behind an equals sign.
      if (rest ~ /^=(true|false):/ || rest ~ /^ ?[^ ]*\[=/ || rest ~ /^  / || rest == "") print flag
      else print flag "="
    }' | sort --unique | tr '\n' ' ' | sed 's/ $//'
}

for command in "${COMMANDS[@]}"; do
  read -ra words <<<"${command}"
  globals=''
  [[ "${words[0]}" != kubectl ]] || globals="$(kubectl options)"
  printf '%s\t%s\n' "${command}" "$({ "${words[@]}" --help 2>&1 && printf '%s\n' "${globals}"; } | flags_of)"
done
