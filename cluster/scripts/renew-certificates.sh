#!/usr/bin/env bash
# Renews kubeadm's certificates on this control plane when one of them has fewer than 30 days left, and restarts what
# reads them: etcd, API server, controller manager and scheduler, one after the other, each until it answers again.
#
#   renew-certificates.sh [--dry-run] NODE
#
# The kubelet renews its own. Authorities are not renewed by anybody: this says when they have less than a year.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd.sh"
source "$(dirname "${BASH_SOURCE[0]}")/static-pods.sh"

# Twelve looks of the timer may fail before anything ends; kubeadm's certificates live for a year.
readonly RENEW_DAYS=30
readonly AUTHORITY_DAYS=365

# So few that a restart of etcd is dared while another member is away, which costs the majority for a moment.
readonly URGENT_DAYS=7

# Lines NAME<tab>DATE of what `kubeadm certs renew all` renews here; what a machine does not have is left out.
certificates() {
  kubeadm certs check-expiration --kubeconfig "${ADMIN_CONF}" \
    --output 'jsonpath={range .certificates[?(@.missing==false)]}{.name}{"\t"}{.expirationDate}{"\n"}{end}' 2>/dev/null
}

authorities() {
  kubeadm certs check-expiration --kubeconfig "${ADMIN_CONF}" \
    --output 'jsonpath={range .certificateAuthorities[?(@.missing==false)]}{.name}{"\t"}{.expirationDate}{"\n"}{end}' 2>/dev/null
}

days_until() {
  printf '%s\n' "$((($(date --date "$1" +%s) - $(date +%s)) / 86400))"
}

# Days that the next one to end has left; prints all of them for the log.
days_left() {
  local name date days least='' listed
  listed="$(certificates)"
  [[ -n "${listed}" ]] || refuse "kubeadm certs check-expiration: lists nothing; expected the certificates of a control plane"
  while IFS=$'\t' read -r name date; do
    days="$(days_until "${date}")"
    printf '%s: %s days\n' "${name}" "${days}" >&2
    ((days >= ${least:-${days}})) || least="${days}"
    least="${least:-${days}}"
  done <<<"${listed}"
  printf '%s\n' "${least}"
}

warn_of_authorities() {
  local name date days
  while IFS=$'\t' read -r name date; do
    days="$(days_until "${date}")"
    ((days >= AUTHORITY_DAYS)) ||
      printf 'warning: authority %s ends in %s days, and with it every certificate; replace it by hand: https://kubernetes.io/docs/tasks/tls/manual-rotation-of-ca-certificates/\n' "${name}" "${days}" >&2
  done < <(authorities)
}

require_majority() {
  ((LEFT < URGENT_DAYS)) || etcd_is_whole ||
    refuse "etcd: is not whole, and restarting this member would cost it the majority; expected every member started. Certificates have ${LEFT} days: repair it, or this goes ahead below ${URGENT_DAYS}"
}

renew() {
  note_restarts
  kubeadm certs renew all --kubeconfig "${ADMIN_CONF}"
}

begin "$@"
LEFT="$(days_left)"
warn_of_authorities
if ((LEFT < RENEW_DAYS)); then
  require_majority
  change "renew certificates: the next one ends in ${LEFT} days" renew
  [[ "${DRY_RUN}" == false ]] || tell_restarts
  printf '%s is new too: copies of it end in %s days. Fetch them again: kubeconfig.sh\n' "${ADMIN_CONF}" "${LEFT}"
fi
restart_noted
