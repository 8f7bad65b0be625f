#!/usr/bin/env bash
# Judges the manifests of dist/ offline. Needs the parts if-dist.sh, npm-install.sh.
node tools/cli/bin.js check
