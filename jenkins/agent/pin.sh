#!/usr/bin/env bash
# Downloads every tool of tools.txt, compares it with what its vendor publishes, and writes the checksums that are missing. A checksum that
# stands there already is compared, never replaced: of a new version, put `-`. Nothing is written unless every tool was as expected.
# Needs curl, gpg and a network. TOOLS is the table, SIGNER the fingerprint of whoever signs, KEY the file with that key.
set -o errexit -o nounset -o pipefail
shopt -s inherit_errexit

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
readonly table=${TOOLS:-$here/tools.txt}
# AWS CLI Team, docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html; the key itself is in aws-cli.asc.
readonly signer=${SIGNER:-FB5DB77FD5C118B80511ADA8A6310ACC4672475C}
readonly key=${KEY:-$here/aws-cli.asc}

fetch() {
  curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location --retry 3 --output "$2" "$1"
}

refuse() {
  echo "$*" >&2
  return 1
}

# What a vendor's file says of a download: its first word where the file is about that download alone, else the line with its name.
published_checksum() {
  if [[ $1 == .* ]]; then
    fetch "$2$1" "$work/published"
    awk 'NR == 1 { print $1 }' "$work/published"
  else
    fetch "${2%/*}/$1" "$work/published"
    awk -v name="${2##*/}" '$2 == name || $2 == "*" name { print $1 }' "$work/published"
  fi
}

signed() {
  local file=$1 signature=$2
  export GNUPGHOME=$work/gnupg
  if [[ ! -d $GNUPGHOME ]]; then
    mkdir -m 700 "$GNUPGHOME"
    gpg --batch --quiet --import "$key"
  fi
  # Its exit code says that some key in the ring signed it. Which one, and that it has not expired, is in the status lines.
  gpg --batch --status-fd 1 --verify "$signature" "$file" 2>/dev/null >"$work/status" || true
  grep -q '^\[GNUPG:\] GOODSIG ' "$work/status" && grep -q "^\[GNUPG:\] VALIDSIG $signer " "$work/status"
}

# Fails unless a download is what its vendor says it is.
compare_with_vendor() {
  local check=$1 address=$2 file=$3 sha256=$4 published
  case $check in
    -) echo "    the vendor publishes no checksum: taken as it came over TLS" ;;
    .sig)
      fetch "$address.sig" "$work/signature"
      signed "$file" "$work/signature" || refuse "$address: is not signed by $signer; expected its signature in $address.sig"
      ;;
    *)
      published=$(published_checksum "$check" "$address")
      [[ $published == "$sha256" ]] || refuse "$address: has SHA-256 $sha256; expected ${published:-a checksum}, which its vendor publishes in $check"
      ;;
  esac
}

pin() {
  local name=$1 version=$2 architecture=$3 known=$4 check=$5 address=$6 sha256
  echo "$name $version $architecture" >&2
  fetch "$address" "$work/download"
  sha256=$(sha256sum "$work/download" | cut -d ' ' -f 1)
  compare_with_vendor "$check" "$address" "$work/download" "$sha256" >&2
  if [[ $known != - && $known != "$sha256" ]]; then
    refuse "$address: has SHA-256 $sha256; expected $known ($table). A release that changed is a reason to ask its vendor."
  fi
  echo "$sha256"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

while IFS= read -r line; do
  if [[ -z $line || $line == \#* ]]; then
    echo "$line"
    continue
  fi
  read -r name version architecture known check member address <<<"$line"
  sha256=$(pin "$name" "$version" "$architecture" "$known" "$check" "$address")
  printf '%-14s %-7s %-5s %-64s %-26s %-29s %s\n' "$name" "$version" "$architecture" "$sha256" "$check" "$member" "$address"
done <"$table" >"$work/table"

cp "$work/table" "$table"
