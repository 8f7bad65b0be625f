# shellcheck shell=bash
# Modules and sysctls of this machine's files below root/etc, now and after every boot.

load_modules() {
  local file module
  install_tree etc/modules-load.d 0644
  for file in "${NODE}"/root/etc/modules-load.d/*.conf; do
    while read -r module; do
      kernel_has "${module}" || change "load ${module}" load_module "${module}"
    done < <(grep --invert-match --extended-regexp '^[[:space:]]*([#;]|$)' "${file}")
  done
}

# What a module brings, not whether it is one: kernels have it built in, and modprobe fails there.
kernel_has() {
  case "$1" in
    br_netfilter) [[ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]] ;;
    nf_conntrack) [[ -e /proc/sys/net/netfilter/nf_conntrack_max ]] ;;
    overlay) grep --quiet --word-regexp overlay /proc/filesystems ;;
    *) [[ -e "/sys/module/$1" ]] ;;
  esac
}

load_module() {
  modprobe "$1" || true
  kernel_has "$1" || refuse "kernel $(uname --kernel-release): has no $1, built in or as a module; expected it. Install the distribution's full kernel"
}

apply_sysctls() {
  local file key value
  install_tree etc/sysctl.d 0644
  for file in "${NODE}"/root/etc/sysctl.d/*.conf; do
    while IFS='=' read -r key value; do
      key="${key//[[:space:]]/}"
      value="$(as_words "${value}")"
      [[ "$(as_words "$(live_sysctl "${key}")")" == "${value}" ]] ||
        change "set ${key} to ${value}" sysctl --quiet --write "${key}=${value}"
    done < <(grep --invert-match --extended-regexp '^[[:space:]]*([#;]|$)' "${file}")
  done
}

# Nothing where the kernel does not know the key yet: its module is not loaded.
live_sysctl() {
  sysctl --values --ignore "$1"
}

# The kernel separates numbers by tabs, people by spaces.
as_words() {
  local words
  read -r -a words <<<"$1" || true
  printf '%s' "${words[*]}"
}
