# shellcheck shell=sh
# What every fake begins with: remembers how it was called, and refuses what its tool does not know.

STATE=/harness/state
TOOL="${0##*/}"
printf '%s\n' "${TOOL}${*:+ $*}" >>"${STATE}/argv"

# Called in a way that the tool's --help does not list, or that no test has thought of: fails the test.
unknown() {
  printf '%s: %s\n' "${TOOL}" "$1" >>"${STATE}/refused"
  printf 'fake %s: does not know %s\n' "${TOOL}" "$1" >&2
  exit 64
}

# As the tool itself would fail.
fails() {
  printf '%s\n' "$1" >&2
  exit "${2:-1}"
}

# One value for all files of some places.
digest() {
  find "$@" -type f -print0 2>/dev/null | sort -z | xargs -0 -r sha256sum | sha256sum | cut -c1-16
}
