# shellcheck shell=bash
# Lets in what ports.tsv of this machine names, in the firewall that runs. None is started, stopped or emptied here.

readonly ANYONE='0.0.0.0/0'

open_ports() {
  local firewall protocol ports source
  firewall="$(active_firewall)"
  if [[ -z "${firewall}" ]]; then
    note 'neither firewalld nor ufw is active: nothing to open. What must be reachable: ports.tsv'
    return
  fi
  while IFS=$'\t' read -r protocol ports source _; do
    "open_in_${firewall}" "${protocol}" "${ports}" "${source}"
  done < <(tail --lines=+2 "${NODE}/ports.tsv")
}

active_firewall() {
  if systemctl is-active --quiet firewalld.service; then
    printf 'firewalld\n'
  elif [[ -n "$(type -P ufw)" && "$(LC_ALL=C ufw status)" == 'Status: active'* ]]; then
    printf 'ufw\n'
  fi
}

# In the zone of the cluster's interface, in the running rules and in those of the next start.
open_in_firewalld() {
  local rule zone
  zone="$(firewall-cmd --get-zone-of-interface="${NODE_INTERFACE}" 2>/dev/null || firewall-cmd --get-default-zone)"
  rule="$(rich_rule "$@")"
  if ! firewall-cmd --permanent --zone="${zone}" --query-rich-rule="${rule}" >/dev/null; then
    change "let in for good: $(in_words "$@")" firewall-cmd --quiet --permanent --zone="${zone}" --add-rich-rule="${rule}"
  fi
  if ! firewall-cmd --zone="${zone}" --query-rich-rule="${rule}" >/dev/null; then
    change "let in now: $(in_words "$@")" firewall-cmd --quiet --zone="${zone}" --add-rich-rule="${rule}"
  fi
}

rich_rule() {
  local protocol="$1" ports="$2" source="$3" family=ipv4
  [[ "${source}" != *:* ]] || family=ipv6
  printf 'rule family="%s"' "${family}"
  [[ "${source}" == "${ANYONE}" ]] || printf ' source address="%s"' "${source}"
  case "${protocol}" in
    all) ;;
    tcp | udp) printf ' port port="%s" protocol="%s"' "${ports}" "${protocol}" ;;
    *) printf ' protocol value="%s"' "${protocol}" ;;
  esac
  printf ' accept\n'
}

# ufw lists its rules in the form in which they are given here.
open_in_ufw() {
  local rule
  read -r -a rule <<<"$(ufw_rule "$@")"
  LC_ALL=C ufw show added | grep --quiet --line-regexp --fixed-strings "ufw ${rule[*]}" ||
    change "let in: $(in_words "$@")" ufw "${rule[@]}"
}

ufw_rule() {
  local protocol="$1" ports="${2/-/:}" source="$3"
  case "${protocol}" in
    all) printf 'allow from %s\n' "${source}" ;;
    tcp | udp)
      if [[ "${source}" == "${ANYONE}" ]]; then
        printf 'allow %s/%s\n' "${ports}" "${protocol}"
      else
        printf 'allow from %s to any port %s proto %s\n' "${source}" "${ports}" "${protocol}"
      fi
      ;;
    *) printf 'allow from %s proto %s\n' "${source}" "${protocol}" ;;
  esac
}

in_words() {
  local protocol="$1" ports="$2" source="$3"
  [[ "${ports}" == - ]] || protocol+=" ${ports}"
  printf '%s from %s\n' "${protocol}" "${source}"
}
