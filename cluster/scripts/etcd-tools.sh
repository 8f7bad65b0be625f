# shellcheck shell=bash
# etcdctl and etcdutl of the version that runs, from etcd's own release: nodes bring none, and the ones in the container
# cannot be used when it does not start, which is when they are needed. Sourced after programs.sh.

install_etcd_tools() {
  local version
  version="$(version_of etcd)"
  has_etcd_tools "${version}" ||
    change "install etcdctl and etcdutl ${version}" unpack_programs etcd etcdctl etcdutl
}

has_etcd_tools() {
  local tool
  for tool in etcdctl etcdutl; do
    [[ "$("${tool}" version 2>/dev/null)" == "${tool} version: $1"$'\n'* ]] || return 1
  done
}
