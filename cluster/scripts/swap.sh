# shellcheck shell=bash
# Swap, off now and after every boot, wherever it comes from: fstab, units, compressed memory.

disable_swap() {
  disable_swap_in_fstab
  disable_swap_units
  swap_is_off || change "turn swap off" swapoff --all
}

# A line is swap by its third field; "swap" in a path or a comment means nothing.
disable_swap_in_fstab() {
  [[ -f /etc/fstab ]] || return 0
  awk '$1 !~ /^#/ && $3 == "swap" { printf "# off, for kubelet refuses swap: " } { print }' /etc/fstab |
    install_text /etc/fstab 0644
}

disable_swap_units() {
  local unit state
  while read -r unit state _; do
    if [[ -f "/etc/systemd/system/${unit}" ]]; then
      # The administrator's own file: a mask would stand in its place.
      [[ "${state}" != enabled ]] || change "disable ${unit}" systemctl disable --quiet "${unit}"
    elif [[ "${state}" != masked ]]; then
      change "mask ${unit}" systemctl mask --quiet "${unit}"
    fi
  done < <(swap_units)
}

# Units of fstab, of partitions found at boot, and what makes swap of memory (Debian, Ubuntu, Fedora's generator).
swap_units() {
  systemctl list-unit-files --legend=false --no-pager \
    '*.swap' zramswap.service zram-config.service systemd-zram-setup@.service
}

swap_is_off() {
  (($(wc --lines </proc/swaps) <= 1))
}
