#!/usr/bin/env bash
# Starts the agent: names the builder that `docker buildx build` uses, then connects to the controller by WebSocket.
# JENKINS_URL, BUILDKIT_HOST (unix:///…/buildkitd.sock), AGENT_NAME (slipway), AGENT_SECRET_FILE.
set -o errexit -o nounset -o pipefail

readonly name=${AGENT_NAME:-slipway}
readonly secret=${AGENT_SECRET_FILE:-/run/secrets/agent_secret}

if [[ ! -s $secret ]]; then
  echo "$secret: is missing or empty; expected the secret of agent $name. The controller makes it: docs/jenkins.md says how to get it." >&2
  exit 1
fi

# BUILDX_CONFIG may be an old volume: the name is given anew, so that it leads to where buildkitd is now.
docker buildx rm "$BUILDX_BUILDER" 2>/dev/null || true
docker buildx create --name "$BUILDX_BUILDER" --driver remote "$BUILDKIT_HOST" >/dev/null

# The secret's file, not the secret: arguments are for everybody to read.
exec jenkins-agent -url "$JENKINS_URL" -name "$name" -secret "@$secret" -webSocket -workDir /home/jenkins/agent
