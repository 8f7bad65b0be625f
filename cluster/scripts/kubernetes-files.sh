# shellcheck shell=bash
# What kubeadm's static pods and the kubelet read beside kubeadm's own files. Sourced after lib.sh, api.sh and
# static-pods.sh.

readonly ENCRYPTION_CONFIG=/etc/kubernetes/encryption/config.yaml

# Audit, admission, the kubelet's patches, the registry's credentials: there before kubeadm starts what reads them.
install_kubernetes_files() {
  install_tree etc/kubernetes 0600 kube-apiserver
}

# A running API server reads them when it starts, and not again.
settle_api_server() {
  [[ -e "${PENDING}/kube-apiserver" || -n "${TOLD_PENDING["kube-apiserver"]:-}" ]] || return 0
  if [[ -e "${MANIFESTS}/kube-apiserver.yaml" || -e "${HELD}/kube-apiserver.yaml" ]]; then
    change "restart kube-apiserver" restart_static_pod kube-apiserver "${API_SERVER_PORT}"
  fi
  [[ "${DRY_RUN}" == true ]] || api_server_reads_them
}

api_server_reads_them() {
  rm --force "${PENDING}/kube-apiserver"
}

# What Secrets are encrypted with in etcd: a key of this cluster alone. Made once; the other control planes get the same.
make_encryption_config() {
  [[ -f "${ENCRYPTION_CONFIG}" ]] || change "make the key that Secrets are encrypted with" write_encryption_config
}

write_encryption_config() {
  local key
  key="$(head --bytes 32 /dev/urandom | base64 --wrap 0)"
  put_encryption_config <<CONFIG
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - secretbox:
          keys:
            - name: first
              secret: ${key}
      - identity: {}
CONFIG
}

# Takes the file from standard input: its key stands in no command line.
put_encryption_config() {
  local folder
  folder="$(dirname "${ENCRYPTION_CONFIG}")"
  install --directory --mode 0700 "${folder}"
  (umask 077 && cat >"${ENCRYPTION_CONFIG}.slipway-new")
  sync "${ENCRYPTION_CONFIG}.slipway-new"
  mv --force --no-target-directory "${ENCRYPTION_CONFIG}.slipway-new" "${ENCRYPTION_CONFIG}"
}
