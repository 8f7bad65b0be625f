#!/usr/bin/env bash
# Installs the tools of one architecture into a folder, laid out as /usr/local is: install.sh amd64 /opt/tools
# Refuses a line without a checksum and a download with another one; TOOLS is the table, tools.txt beside this script by default.
set -o errexit -o nounset -o pipefail

readonly architecture=$1
readonly target=$2
readonly table=${TOOLS:-$(dirname "${BASH_SOURCE[0]}")/tools.txt}
readonly plugins=$target/libexec/docker/cli-plugins

lines_of_architecture() {
  awk -v wanted="$architecture" '!/^#/ && NF && $3 == wanted' "$table"
}

# All of them at once: who pins tools wants to know of every one.
refuse_lines_without_checksum() {
  local name version sha256 refused=0
  while read -r name version _ sha256 _; do
    [[ $sha256 == - ]] || continue
    echo "$table: $name $version $architecture has no SHA-256; expected 64 hex digits. Run jenkins/agent/pin.sh where there is a network, and commit what it writes." >&2
    refused=1
  done < <(lines_of_architecture)
  return "$refused"
}

download() {
  local address=$1 sha256=$2 file=$3
  curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location --retry 3 --output "$file" "$address"
  if ! sha256sum --check --status - <<<"$sha256  $file"; then
    echo "$address: has SHA-256 $(sha256sum "$file" | cut -d ' ' -f 1); expected $sha256 ($table). Nothing of it is installed." >&2
    return 1
  fi
}

place() {
  local name=$1 file=$2 folder=$target/bin
  if [[ $name == docker-* ]]; then folder=$plugins; fi
  install -D --mode 0755 "$file" "$folder/$name"
}

# The AWS CLI is a folder of programs. Its own installer makes links to where it ran, and this folder is moved to /usr/local.
place_aws() {
  mkdir -p "$target/aws-cli" "$target/bin"
  cp -r "$1" "$target/aws-cli/dist"
  ln -s ../aws-cli/dist/aws "$target/bin/aws"
}

install_tool() {
  local name=$1 sha256=$2 member=$3 address=$4 folder file
  folder=$(mktemp -d -p "$work")
  file=$folder/download
  download "$address" "$sha256" "$file"
  case $member in
    -) place "$name" "$file" ;;
    aws/dist)
      unzip -q "$file" -d "$folder"
      place_aws "$folder/$member"
      ;;
    *)
      tar --extract --file "$file" --directory "$folder" "$member"
      place "$name" "$folder/$member"
      ;;
  esac
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [[ -z $(lines_of_architecture) ]]; then
  echo "$table: has no tool for $architecture; expected amd64 or arm64" >&2
  exit 1
fi
refuse_lines_without_checksum
while read -r name _ _ sha256 _ member address; do
  install_tool "$name" "$sha256" "$member" "$address"
done < <(lines_of_architecture)
