#!/usr/bin/env bash
# Part of scripts that talk to Docker: on another host by ssh, with the key of a credential, and no host key but the one that is given.
# Needs the part private.sh.
# DOCKER_HOST  ssh://user@host[:port]; empty: the agent's own Docker
# SSH_KEY      secret: file of the private key
# HOST_KEY     type and key, as ssh-keyscan prints them

if [ -n "${DOCKER_HOST:-}" ]; then
  known_host="${DOCKER_HOST##*@}"
  [[ "${known_host}" != *:* ]] || known_host="[${known_host%:*}]:${known_host#*:}"
  # shellcheck disable=SC2154 # of private.sh
  printf '%s %s\n' "${known_host}" "${HOST_KEY}" >"${private}/known_hosts"
  # Docker has no option for any of this: it runs the `ssh` that it finds first.
  SSH="$(command -v ssh)"
  export SSH SSH_KEY KNOWN_HOSTS="${private}/known_hosts" PATH="${private}:${PATH}"
  cat >"${private}/ssh" <<'SSH_WITH_KEY'
#!/bin/sh
exec "${SSH}" -F none -i "${SSH_KEY}" -o IdentitiesOnly=yes -o BatchMode=yes \
  -o UserKnownHostsFile="${KNOWN_HOSTS}" -o StrictHostKeyChecking=yes "$@"
SSH_WITH_KEY
  chmod 700 "${private}/ssh"
fi

compose() {
  docker compose --project-name "${PROJECT}" --file "${FILE}" "$@"
}
