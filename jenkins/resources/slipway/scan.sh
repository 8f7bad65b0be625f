#!/usr/bin/env bash
# Scans with Trivy: a report of everything, then the gate. Exit codes: 10 the gate is closed, 11 the exceptions are refused, others: Trivy failed.
# TARGET      image or fs
# SUBJECT     archive of an image, or folder
# SEVERITIES  what closes the gate, separated by commas
# EXCEPTIONS  Trivy's YAML of accepted findings; it may be missing
# REPORT      JSON of all findings, accepted ones left out
set -o errexit -o nounset -o pipefail

# Each exception is a block with `id`, `statement` and `expired_at: YYYY-MM-DD`; Trivy itself stops to honour it after that day.
check_exceptions() {
  awk -v file="${EXCEPTIONS}" '
    function refuse(line, fault) { printf "%s:%d: %s\n", file, line, fault > "/dev/stderr"; refused = 1 }
    function end_of_exception() {
      if (!id) return
      if (!reason) refuse(id, "exception without a reason; add `statement: why it is accepted`")
      if (!date) refuse(id, "exception without an end; add `expired_at: YYYY-MM-DD`")
      id = 0
    }
    /^[[:space:]]*(#|$)/ { next }
    /^[a-z]+:[[:space:]]*$/ { end_of_exception(); next }
    /^[[:space:]]*-[[:space:]]+id:[[:space:]]*[^[:space:]]/ { end_of_exception(); id = NR; reason = date = list = 0; next }
    id && /^[[:space:]]+statement:[[:space:]]*["'\'']?[^[:space:]"'\'']/ { reason = 1; list = 0; next }
    id && /^[[:space:]]+expired_at:[[:space:]]*[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][[:space:]]*$/ { date = 1; list = 0; next }
    id && /^[[:space:]]+(paths|purls):[[:space:]]*$/ { list = 1; next }
    id && list && /^[[:space:]]+-[[:space:]]+[^[:space:]*&{[]/ && !/:[[:space:]]/ { next }
    { refuse(NR, "not read; expected sections of `- id: …`, each on lines of its own with `statement: …`, `expired_at: YYYY-MM-DD`, and `paths:` or `purls:`") }
    END { end_of_exception(); exit refused ? 11 : 0 }
  ' "${EXCEPTIONS}"
}

options=(--no-progress)
if [ -e "${EXCEPTIONS}" ]; then
  check_exceptions
  options+=(--ignorefile "${EXCEPTIONS}")
fi
case "${TARGET}" in
  image) subject=(--input "${SUBJECT}") ;;
  fs) options+=(--scanners 'vuln,secret,misconfig') subject=("${SUBJECT}") ;;
esac

mkdir -p "$(dirname "${REPORT}")"
trivy "${TARGET}" "${options[@]}" --format json --output "${REPORT}" "${subject[@]}"
trivy "${TARGET}" "${options[@]}" --severity "${SEVERITIES}" --exit-code 10 "${subject[@]}"
