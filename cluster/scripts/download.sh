# shellcheck shell=bash
# Files from other people's sites: none is used before its checksum is right.

readonly CACHE=/var/cache/slipway

# Prints the path of a file of downloads.tsv, by its name there, for the architecture of this machine.
fetch() {
  local name="$1" version url sha256 file
  IFS=$'\t' read -r version url sha256 <<<"$(row_of "${name}")"
  [[ -n "${version}" ]] || refuse "downloads.tsv: has no row ${name} for $(architecture); expected one. Synthesise the cluster again and copy its folder here"
  [[ -n "${sha256}" ]] || refuse "downloads.tsv: ${name} ${version} has no sha256; expected one. \`slipway cluster pin\` on a connected machine fills it"
  file="$(cached_file "${name}")"
  is_file_of "${sha256}" "${file}" || download "${url}" "${sha256}" "${file}"
  printf '%s\n' "${file}"
}

# Where it lies once it was fetched.
cached_file() {
  local version url _
  IFS=$'\t' read -r version url _ <<<"$(row_of "$1")"
  printf '%s\n' "${CACHE}/$1-${version}-$(basename "${url}")"
}

# Its version, address and checksum, tab-separated.
row_of() {
  awk -F '\t' -v OFS='\t' -v name="$1" -v arch="$(architecture)" \
    'NR > 1 && $1 == name && ($3 == arch || $3 == "any") { print $2, $4, $5 }' "${NODE}/../../downloads.tsv"
}

# As Go and Debian call it.
architecture() {
  case "$(uname --machine)" in
    x86_64) printf 'amd64\n' ;;
    aarch64) printf 'arm64\n' ;;
    *) refuse "machine: is $(uname --machine); expected x86_64 or aarch64, for which there are downloads" ;;
  esac
}

is_file_of() {
  local sha256="$1" file="$2"
  [[ -f "${file}" && "$(sha256sum "${file}")" == "${sha256} "* ]]
}

# The file has its name only when it is whole and right.
download() {
  local url="$1" sha256="$2" file="$3" got
  mkdir --parents "${CACHE}"
  curl --fail --location --proto '=https' --tlsv1.2 --silent --show-error --retry 3 --output "${file}.partial" "${url}"
  if ! is_file_of "${sha256}" "${file}.partial"; then
    got="$(sha256sum "${file}.partial")"
    rm "${file}.partial"
    refuse "${url}: has sha256 ${got%% *}; expected ${sha256}, of downloads.tsv. It was removed: find out who changed it before you pin it anew"
  fi
  mv --no-target-directory "${file}.partial" "${file}"
}
