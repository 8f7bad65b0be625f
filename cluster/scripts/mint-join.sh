#!/usr/bin/env bash
# Says, on standard output, what one machine joins this cluster with: a token of 15 minutes, the authority's hash and,
# for a control plane, the key of the certificates that kubeadm hands over and what Secrets are encrypted with.
#
#   mint-join.sh [--dry-run] NODE control-plane|worker
#
#   ssh control-plane-1 sudo …/mint-join.sh … worker | ssh worker-1 sudo …/join.sh …
#
# Every run makes new ones; they end by themselves. They stand in no command line, no log and no file but one below
# /run that goes when the script ends. Everything that is not the bundle is printed on standard error.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd.sh"
source "$(dirname "${BASH_SOURCE[0]}")/static-pods.sh"
source "$(dirname "${BASH_SOURCE[0]}")/kubernetes-files.sh"

readonly UPLOAD=/run/slipway/upload-certs.yaml
ROLE=''
TOKEN=''
CERTIFICATE_KEY=''

# One more member while one still learns, or is away, may cost etcd its majority. A join that is being undone
# on the other side of the pipe takes its member away meanwhile: hence the wait.
require_whole_etcd() {
  await 60 "every member of etcd to have started, to vote and to answer" etcd_is_whole || {
    etcd_members "${ETCD_HERE}" >&2 || true
    refuse "etcd: is not whole; expected every member started, no learner. Repair or remove the one above first: etcdctl member remove ID"
  }
}

mint_token() {
  TOKEN="$(kubeadm token create --ttl 15m --description "join of a ${ROLE}" --kubeconfig "${ADMIN_CONF}")"
}

# kubeadm takes the key by file; the Secret that it makes lives for two hours.
upload_certificates() {
  CERTIFICATE_KEY="$(kubeadm certs certificate-key)"
  install --directory --mode 0700 "$(dirname "${UPLOAD}")"
  (umask 077 && cat >"${UPLOAD}") <<CONFIG
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
certificateKey: "${CERTIFICATE_KEY}"
localAPIEndpoint: { advertiseAddress: "${NODE_ADDRESS}" }
nodeRegistration: { criSocket: "unix:///run/containerd/containerd.sock" }
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: "v${KUBERNETES_VERSION}"
CONFIG
  kubeadm init phase upload-certs --upload-certs --skip-certificate-key-print --config "${UPLOAD}" --kubeconfig "${ADMIN_CONF}"
}

authority_hash() {
  openssl x509 -pubkey -noout -in /etc/kubernetes/pki/ca.crt | openssl pkey -pubin -outform der | sha256sum | cut --delimiter ' ' --fields 1
}

print_bundle() {
  printf 'TOKEN=%s\nCA_HASH=sha256:%s\n' "${TOKEN}" "$(authority_hash)"
  [[ "${ROLE}" == worker ]] ||
    printf 'CERTIFICATE_KEY=%s\nENCRYPTION_CONFIG=%s\n' "${CERTIFICATE_KEY}" "$(base64 --wrap 0 "${ENCRYPTION_CONFIG}")"
}

# The role is the last word; everything before it is for every script alike.
if (($# > 0)) && [[ "${!#}" == control-plane || "${!#}" == worker ]]; then
  ROLE="${!#}"
  set -- "${@:1:$#-1}"
fi
exec 3>&1 1>&2
begin "$@"
[[ -n "${ROLE}" ]] || refuse "role: is missing; expected control-plane or worker, after NODE"
require_api
trap 'finish; rm --force "${UPLOAD}"' EXIT
if [[ "${ROLE}" == control-plane ]]; then
  require_whole_etcd
  [[ -f "${ENCRYPTION_CONFIG}" ]] || refuse "${ENCRYPTION_CONFIG}: is missing; expected what control-plane.sh or join.sh wrote"
  change "hand over certificates, for two hours" upload_certificates
fi
change "make a token that ends in 15 minutes" mint_token
[[ "${DRY_RUN}" == true ]] || print_bundle >&3
