# shellcheck shell=bash
# A clock that is kept: certificates and leases compare the clocks of machines.

readonly TIME_SERVICES=(chrony.service chronyd.service ntpsec.service ntpd.service systemd-timesyncd.service)

keep_time() {
  local service
  if systemd-detect-virt --container --quiet; then
    note 'a container has the clock of its host: nothing to keep'
    return
  fi
  service="$(time_service)"
  if [[ -z "${service}" ]]; then
    install_packages chrony
    # Before the package is there: Debian calls it chrony, the RHEL family chronyd.
    service="$(time_service)"
    [[ -n "${service}" ]] || service="$(chrony_service)"
  fi
  enable_unit "${service}"
  [[ "$(timedatectl show --property=NTPSynchronized --value)" == yes ]] ||
    note "the clock is not synchronised yet; joining needs it. See: timedatectl status"
}

# The one that runs; else the first that is installed; else nothing.
time_service() {
  local service
  for service in "${TIME_SERVICES[@]}"; do
    ! systemctl is-active --quiet "${service}" || { printf '%s\n' "${service}" && return; }
  done
  systemctl list-unit-files --legend=false --no-pager "${TIME_SERVICES[@]}" | sed --quiet '1s/ .*//p'
}

chrony_service() {
  case "$(distribution)" in
    debian) printf 'chrony.service\n' ;;
    rhel) printf 'chronyd.service\n' ;;
  esac
}
