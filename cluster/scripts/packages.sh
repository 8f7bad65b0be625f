#!/usr/bin/env bash
# Installs kubeadm, kubelet and kubectl in the version of the cluster, and holds them there.
#
#   packages.sh [--dry-run] NODE
#
# Where the right versions are there by another way, none is installed. A node of a cluster gets no other version here.
# shellcheck source-path=SCRIPTDIR
set -o errexit -o nounset -o pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "${HERE}/lib.sh"
source "${HERE}/download.sh"
source "${HERE}/system-packages.sh"

readonly PROGRAMS=(kubeadm kubelet kubectl)
readonly APT_KEY=/etc/apt/keyrings/kubernetes.asc
readonly APT_SOURCE=/etc/apt/sources.list.d/kubernetes.sources
readonly APT_PREFERENCES=/etc/apt/preferences.d/kubernetes.pref
readonly RPM_KEY=/etc/pki/rpm-gpg/RPM-GPG-KEY-kubernetes
readonly RPM_REPOSITORY=/etc/yum.repos.d/kubernetes.repo

bring_programs() {
  local manager
  versions_are_right && return
  [[ ! -e /etc/kubernetes/kubelet.conf ]] ||
    refuse "this node: runs $(versions); expected ${KUBERNETES_VERSION}. It belongs to a cluster already: upgrade it with kubeadm, one minor at a time"
  manager="$(package_manager)"
  "add_${manager}_repository"
  change "install ${PROGRAMS[*]} ${KUBERNETES_VERSION}" "install_programs_with_${manager}"
}

versions_are_right() {
  [[ "$(versions)" == "v${KUBERNETES_VERSION} v${KUBERNETES_VERSION} v${KUBERNETES_VERSION}" ]]
}

# Of kubeadm, kubelet and kubectl; - where one is not there.
versions() {
  local kubeadm kubelet kubectl
  kubeadm="$(kubeadm version --output=short 2>/dev/null)" || kubeadm='-'
  kubelet="$(kubelet --version 2>/dev/null)" || kubelet='-'
  kubectl="$(kubectl version --client 2>/dev/null)" || kubectl='-'
  kubectl="${kubectl#Client Version: }"
  printf '%s %s %s\n' "${kubeadm}" "${kubelet#Kubernetes }" "${kubectl%%$'\n'*}"
}

# The pin holds the version: `apt-get upgrade` leaves it, with no mark that a killed run could have left out.
add_apt_repository() {
  is_key_of kubernetes-apt-key "${APT_KEY}" || change "write ${APT_KEY}" put_key kubernetes-apt-key "${APT_KEY}"
  install_text "${APT_SOURCE}" 0644 <<END
Types: deb
URIs: https://pkgs.k8s.io/core:/stable:/v${KUBERNETES_MINOR}/deb/
Suites: /
Signed-By: ${APT_KEY}
END
  install_text "${APT_PREFERENCES}" 0644 <<END
Package: ${PROGRAMS[*]}
Pin: version ${KUBERNETES_VERSION}-*
Pin-Priority: 990
END
}

# Nothing else may move these packages: dnf leaves out what `exclude` names, unless a command lifts it.
add_dnf_repository() {
  is_key_of kubernetes-rpm-key "${RPM_KEY}" || change "write ${RPM_KEY}" put_key kubernetes-rpm-key "${RPM_KEY}"
  install_text "${RPM_REPOSITORY}" 0644 <<END
[kubernetes]
name=Kubernetes ${KUBERNETES_MINOR}
baseurl=https://pkgs.k8s.io/core:/stable:/v${KUBERNETES_MINOR}/rpm/
enabled=1
gpgcheck=1
gpgkey=file://${RPM_KEY}
exclude=kubelet kubeadm kubectl cri-tools kubernetes-cni
END
}

is_key_of() {
  local sha256
  IFS=$'\t' read -r _ _ sha256 <<<"$(row_of "$1")"
  [[ -n "${sha256}" ]] && is_file_of "${sha256}" "$2"
}

put_key() {
  local file
  file="$(fetch "$1")"
  put_file "${file}" "$2" 0644
}

install_programs_with_apt() {
  install_with_apt "${PROGRAMS[@]/%/=${KUBERNETES_VERSION}-*}"
}

install_programs_with_dnf() {
  install_with_dnf --disableexcludes=kubernetes "${PROGRAMS[@]/%/-${KUBERNETES_VERSION}}"
}

# kubeadm starts it; before that it would only fail.
enable_kubelet() {
  systemctl is-enabled --quiet kubelet 2>/dev/null || change 'enable kubelet' systemctl enable --quiet kubelet
}

begin "$@"
require_role control-plane worker
bring_programs
enable_kubelet
