# shellcheck shell=bash
# SELinux stays as it is: what a role needs is allowed, nothing is switched off.

# HAProxy may use ports that the policy does not know as web ports, such as 6443.
allow_haproxy_ports() {
  if [[ -z "$(type -P getenforce)" || "$(getenforce)" != Enforcing ]]; then return; fi
  [[ "$(getsebool haproxy_connect_any)" == *' on' ]] ||
    change "let HAProxy use any port (SELinux)" setsebool -P haproxy_connect_any on
}
