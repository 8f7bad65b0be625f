#!/usr/bin/env bash
# Brings every service of a compose file up and waits until it is healthy. Needs the parts private.sh, docker-host.sh.
# FILE, PROJECT  the compose file and its project
# WAIT_SECONDS   until the services have to be healthy
compose up --detach --build --wait --wait-timeout "${WAIT_SECONDS}"
# Only now: a service that the file no longer has could still be needed by a version that comes back.
compose up --detach --no-recreate --remove-orphans
