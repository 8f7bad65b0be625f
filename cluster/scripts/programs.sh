# shellcheck shell=bash
# Programs out of downloaded archives, into /usr/local/bin. Sourced after lib.sh and download.sh.

# The version that downloads.tsv names.
version_of() {
  local version _
  IFS=$'\t' read -r version _ <<<"$(row_of "$1")"
  printf '%s\n' "${version}"
}

# Each has its name only when it is whole.
#   unpack_programs DOWNLOAD PROGRAM…
unpack_programs() {
  local archive program target
  archive="$(fetch "$1")"
  shift
  for program in "$@"; do
    target="/usr/local/bin/${program}"
    tar --extract --gzip --to-stdout --file "${archive}" --wildcards "*/${program}" >"${target}.slipway-new"
    chmod 0755 "${target}.slipway-new"
    mv --force --no-target-directory "${target}.slipway-new" "${target}"
  done
}
