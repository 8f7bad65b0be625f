#!/usr/bin/env bash
# Prints the digest that a registry has under a tag, nothing if it has none. No image is pulled. Needs the parts private.sh, registry.sh.
# IMAGE, TAG  repository and tag
registry_login >&2
registry_digest "${REGISTRY}/${IMAGE}:${TAG}"
