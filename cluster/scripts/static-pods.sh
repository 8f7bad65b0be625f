# shellcheck shell=bash
# Restarts kubeadm's static pods: the kubelet stops one when its manifest goes and starts it when the manifest is back.
# Sourced after lib.sh and api.sh.

# One file for each pod that has to be restarted, until it was; and manifests that are away meanwhile. Both outlive a
# script that is killed in between.
readonly RESTARTS=/var/lib/slipway/restarts
readonly HELD=/var/lib/slipway/held-manifests

# Pods in the order in which they are restarted, with the port by which each is seen to live.
readonly STATIC_PODS=(etcd:2379 kube-apiserver:6443 kube-controller-manager:10257 kube-scheduler:10259)

note_restarts() {
  local pod
  mkdir --parents "${RESTARTS}"
  for pod in "${STATIC_PODS[@]}"; do : >"${RESTARTS}/${pod%:*}"; done
}

restart_noted() {
  local pod
  for pod in "${STATIC_PODS[@]}"; do
    [[ ! -e "${RESTARTS}/${pod%:*}" && ! -e "${HELD}/${pod%:*}.yaml" ]] ||
      change "restart ${pod%:*}" restart_static_pod "${pod%:*}" "${pod#*:}"
  done
}

tell_restarts() {
  local pod
  for pod in "${STATIC_PODS[@]}"; do
    [[ -e "${RESTARTS}/${pod%:*}" ]] || change "restart ${pod%:*}" true
  done
}

restart_static_pod() {
  local name="$1" port="$2"
  hold_static_pod "${name}" "${port}"
  release_static_pod "${name}"
  await 180 "${name} to listen on port ${port} again" is_listening "${port}"
  await 180 "the API server of this machine to be ready" api_is_ready_here
  rm --force "${RESTARTS}/${name}"
}

# The kubelet looks every 20 seconds; a container has 30 seconds to end.
hold_static_pod() {
  local name="$1" port="$2"
  mkdir --parents "${HELD}"
  [[ ! -e "${MANIFESTS}/${name}.yaml" ]] ||
    mv --force --no-target-directory "${MANIFESTS}/${name}.yaml" "${HELD}/${name}.yaml"
  await 120 "${name} to stop" is_silent "${port}"
}

is_silent() {
  ! is_listening "$1"
}

release_static_pod() {
  [[ ! -e "${HELD}/$1.yaml" ]] ||
    mv --force --no-target-directory "${HELD}/$1.yaml" "${MANIFESTS}/$1.yaml"
}
