# shellcheck shell=sh
# What the fakes of apt and dnf share. /harness/state/packages: name and version of what is installed;
# /harness/state/repository: the same of what the distribution offers.

installed() { sed -n "s/^$1 //p" "${STATE}/packages" 2>/dev/null; }

belongs_to() {
  grep -q "$1" /etc/os-release || fails "${TOOL}: command not found" 127
}

# Kubernetes' own packages, once a repository and its key are there.
#   kubernetes_releases MINOR REVISION
kubernetes_releases() {
  for package in kubelet kubeadm kubectl; do
    for patch in 2 3 4; do echo "${package} $1.${patch}-$2"; done
  done
}

# Puts a package on the machine: its units, its version.
put() {
  unit=$(grep -q rhel /etc/os-release && [ "$1" = chrony ] && echo chronyd || echo "$1")
  case "$1" in
    haproxy | keepalived | chrony | kubelet)
      printf '[Unit]\nDescription=%s %s\n[Service]\nExecStart=/usr/sbin/%s\n[Install]\nWantedBy=multi-user.target\n' \
        "$1" "$2" "${unit}" >"/usr/lib/systemd/system/${unit}.service"
      ;;
  esac
  touch "${STATE}/packages"
  grep -v "^$1 " "${STATE}/packages" >"${STATE}/packages.new"
  echo "$1 $2" >>"${STATE}/packages.new"
  sort -o "${STATE}/packages" "${STATE}/packages.new"
  rm "${STATE}/packages.new"
}

# `kubeadm version` and `kubectl version` (1.36): of what is installed.
say_version() {
  version=$(installed "${TOOL}")
  [ -n "${version}" ] || fails "${TOOL}: command not found" 127
  case "${TOOL} $*" in
    'kubeadm version --output=short') echo "v${version%%-*}" ;;
    'kubectl version --client') printf 'Client Version: v%s\nKustomize Version: v5.8.1\n' "${version%%-*}" ;;
    *) unknown "$*" ;;
  esac
  exit
}
