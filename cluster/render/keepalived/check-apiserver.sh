#!/bin/sh
# For people: whether the API is ready through each of these balancers, such as this machine and then the shared address.
#   check-apiserver https://192.0.2.91:6443 https://192.0.2.90:6443
# Ends with 1 where one refuses, is silent for two seconds, or answers with an error of HTTP. It asks for readiness and
# says nothing secret, so that it needs no authority to verify with.
status=0
for balancer in "$@"; do
  if curl --fail --silent --show-error --noproxy '*' --insecure --max-time 2 --output /dev/null "${balancer}/readyz"; then
    printf '%s: ready\n' "${balancer}"
  else
    printf '%s: not ready\n' "${balancer}"
    status=1
  fi
done
exit "${status}"
