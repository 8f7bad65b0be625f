#!/usr/bin/env bash
# Runs a script of package.json that lints. Needs the parts if-script.sh, npm-install.sh.
npm run "${SCRIPT}"
