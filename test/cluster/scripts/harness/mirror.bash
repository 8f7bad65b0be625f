# shellcheck shell=bash
# Sites that machines download from, and the checksums of what lies there.

# Puts a file where downloads.tsv says that it lies, for every architecture, and its checksum into the table.
#   publish CLUSTER NAME FILE
publish() {
  local table="${MACHINE}/clusters/$1/downloads.tsv" url
  while read -r url; do put_on_mirror "${url}" "$3"; done < <(awk -F '\t' -v name="$2" '$1 == name { print $4 }' "${table}")
  awk -F '\t' -v OFS='\t' -v name="$2" -v sha256="$(sha256sum "$3" | cut --delimiter=' ' --fields=1)" \
    '$1 == name { $5 = sha256 } { print }' "${table}" >"${BATS_TEST_TMPDIR}/downloads.tsv"
  mv "${BATS_TEST_TMPDIR}/downloads.tsv" "${table}"
}

put_on_mirror() {
  local place="${MACHINE}/state/mirror/${1#https://}"
  mkdir --parents "$(dirname "${place}")"
  cp "$2" "${place}"
}
