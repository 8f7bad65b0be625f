#!/usr/bin/env bash
# Gives every service the image that it ran before, and takes away those that did not run. Volumes stay. Needs the parts private.sh, docker-host.sh.
# FILE, PROJECT  the compose file and its project
# BEFORE         what compose-running.sh wrote
# WAIT_SECONDS   until the services have to be healthy
ran="$(sed -n 's/^  "\([^"]*\)":.*/\1/p' "${BEFORE}" | LC_ALL=C sort)"
if [ -z "${ran}" ]; then
  compose down
  exit
fi
known="$(compose config --services | LC_ALL=C sort)"
mapfile -t back < <(LC_ALL=C comm -12 <(echo "${known}") <(echo "${ran}"))
mapfile -t new < <(LC_ALL=C comm -23 <(echo "${known}") <(echo "${ran}"))
[ "${#new[@]}" -eq 0 ] || compose down "${new[@]}"
[ "${#back[@]}" -eq 0 ] || compose --file "${BEFORE}" up --detach --no-build --wait --wait-timeout "${WAIT_SECONDS}" "${back[@]}"
