# shellcheck shell=bash
# Packages of the distribution: apt where it is Debian or a child of it, dnf in the RHEL family.

# Installs what is missing; leaves alone what is there, in whatever version.
install_packages() {
  local package missing=()
  for package in "$@"; do
    [[ -n "$(installed_package "${package}")" ]] || missing+=("${package}")
  done
  ((${#missing[@]} == 0)) || change "install ${missing[*]}" "install_with_$(package_manager)" "${missing[@]}"
}

package_manager() {
  local of
  of="$(distribution)"
  case "${of}" in
    debian) printf 'apt\n' ;;
    rhel) printf 'dnf\n' ;;
  esac
}

# Its version, or nothing where it is not installed whole.
installed_package() {
  case "$(package_manager)" in
    apt) dpkg-query --show --showformat='${db:Status-Status} ${Version}\n' "$1" 2>/dev/null | sed --quiet 's/^installed //p' ;;
    dnf) rpm --query --queryformat '%{VERSION}-%{RELEASE}\n' "$1" 2>/dev/null | grep --invert-match 'is not installed' ;;
  esac || true
}

install_with_apt() {
  # Finishes what a killed run left half done; nothing otherwise.
  dpkg --configure --pending
  apt-get update --quiet
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends \
    --option=Dpkg::Options::=--force-confold "$@"
}

install_with_dnf() {
  dnf install --assumeyes --quiet "$@"
}
