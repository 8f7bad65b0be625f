#!/usr/bin/env bash
# Runs a command with the files of a machine at their places: on-machine.sh ROOT command [argument…]
# Called in a mount namespace of its own: nobody else sees what is mounted here.
set -o errexit -o nounset -o pipefail
root="$1"
shift

for folder in haproxy keepalived; do
  if [[ -d "${root}/etc/${folder}" ]]; then
    mount --bind --options ro "${root}/etc/${folder}" "/etc/${folder}"
  fi
done
mount --types tmpfs tmpfs /run
exec "$@"
