# shellcheck shell=bash
# The name of this machine and those of its neighbours, without a name server.

readonly HOSTS_BEGIN='# slipway: begin'
readonly HOSTS_END='# slipway: end'

# The one that lasts and the one of now; hostnamectl would need a message bus, which small machines lack.
set_host_name() {
  install_text /etc/hostname 0644 <<<"${NODE_NAME}"
  [[ "$(</proc/sys/kernel/hostname)" == "${NODE_NAME}" ]] ||
    change "name this machine ${NODE_NAME}" sysctl --quiet --write kernel.hostname="${NODE_NAME}"
}

# A marked block at the end of /etc/hosts; the lines around it are other people's.
write_hosts() {
  {
    sed "/^${HOSTS_BEGIN}\$/,/^${HOSTS_END}\$/d" /etc/hosts
    printf '%s\n' "${HOSTS_BEGIN}"
    cat "${NODE}/hosts"
    printf '%s\n' "${HOSTS_END}"
  } | install_text /etc/hosts 0644
}
