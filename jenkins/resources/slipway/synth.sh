#!/usr/bin/env bash
# Writes dist/ for ENVIRONMENT, or for all environments. Needs the part npm-install.sh.
npm run --silent synth -- ${ENVIRONMENT:+"${ENVIRONMENT}"}
