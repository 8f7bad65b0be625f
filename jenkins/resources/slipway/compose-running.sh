#!/usr/bin/env bash
# Writes which image each service runs, by the id that the host has it under. Needs the parts private.sh, docker-host.sh. Refuses a file that is wrong.
# FILE, PROJECT  the compose file and its project
# BEFORE         file that is written: a compose file to be read after FILE
compose config --quiet
running="$(compose ps --services --status running)"
mkdir -p "$(dirname "${BEFORE}")"
printf 'services: {\n' >"${BEFORE}"
while IFS= read -r service; do
  [ -n "${service}" ] || continue
  containers="$(compose ps --quiet --status running "${service}")"
  image="$(docker inspect --format '{{.Image}}' "${containers%%$'\n'*}")"
  printf '  "%s": { image: "%s", pull_policy: never },\n' "${service}" "${image}" >>"${BEFORE}"
done <<<"${running}"
printf '}\n' >>"${BEFORE}"
cat "${BEFORE}"
