#!/usr/bin/env bash
# Backup and restore on one control plane with the real etcd and our own scripts, inside a machine that is only a folder
# (test/cluster/scripts/harness). Stands in for the kubelet, which starts etcd while its manifest is there, and for the
# API server, which is never up. Prints what it saw; ends at the first thing that is not so.
set -o errexit -o nounset -o pipefail

readonly NODE=/slipway/clusters/lab/nodes/control-plane-1
readonly ADDRESS=192.0.2.97
readonly MANIFESTS=/etc/kubernetes/manifests
readonly PKI=/etc/kubernetes/pki/etcd
readonly BACKUPS=/var/backups/slipway-etcd
readonly KEYS=200
readonly BUMP=1000000000
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

wrong() {
  printf 'not so: %s\n' "$1" >&2
  [[ ! -e /tmp/etcd.log ]] || tail -n 20 /tmp/etcd.log >&2
  exit 1
}

ctl() {
  etcdctl --endpoints https://127.0.0.1:2379 --cacert "${PKI}/ca.crt" \
    --cert "${PKI}/healthcheck-client.crt" --key "${PKI}/healthcheck-client.key" "$@"
}

# An authority, etcd's certificate and a client's, at kubeadm's places.
make_certificates() {
  mkdir --parents "${PKI}"
  printf '[req]\ndistinguished_name = name\n[name]\n' >/tmp/openssl.cnf
  export OPENSSL_CONF=/tmp/openssl.cnf
  local key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
  {
    openssl req -x509 "${key[@]}" -keyout "${PKI}/ca.key" -out "${PKI}/ca.crt" -days 2 -subj /CN=etcd-ca -addext basicConstraints=critical,CA:TRUE
    certificate server "subjectAltName=IP:127.0.0.1,IP:${ADDRESS}" "${key[@]}"
    certificate healthcheck-client extendedKeyUsage=clientAuth "${key[@]}"
  } >/tmp/openssl.log 2>&1 || wrong "$(cat /tmp/openssl.log)"
}

certificate() {
  local name="$1" extension="$2"
  shift 2
  openssl req "$@" -keyout "${PKI}/${name}.key" -out "/tmp/${name}.csr" -subj "/CN=${name}"
  openssl x509 -req -in "/tmp/${name}.csr" -CA "${PKI}/ca.crt" -CAkey "${PKI}/ca.key" -CAcreateserial \
    -days 2 -out "${PKI}/${name}.crt" -extfile <(printf '%s\n' "${extension}")
}

# In the kubelet's place: etcd runs while it is described.
keep_etcd() {
  local pid=''
  while true; do
    if [[ -e "${MANIFESTS}/etcd.yaml" && -z "${pid}" ]]; then
      etcd --name control-plane-1 --data-dir /var/lib/etcd --listen-client-urls "https://127.0.0.1:2379,https://${ADDRESS}:2379" \
        --advertise-client-urls "https://${ADDRESS}:2379" --listen-peer-urls "https://${ADDRESS}:2380" \
        --initial-advertise-peer-urls "https://${ADDRESS}:2380" --initial-cluster "control-plane-1=https://${ADDRESS}:2380" \
        --cert-file "${PKI}/server.crt" --key-file "${PKI}/server.key" --client-cert-auth --trusted-ca-file "${PKI}/ca.crt" \
        --peer-cert-file "${PKI}/server.crt" --peer-key-file "${PKI}/server.key" --peer-trusted-ca-file "${PKI}/ca.crt" \
        >>/tmp/etcd.log 2>&1 &
      pid=$!
    elif [[ ! -e "${MANIFESTS}/etcd.yaml" && -n "${pid}" ]]; then
      kill "${pid}"
      wait "${pid}" || true
      pid=''
    fi
    sleep 0.1
  done
}

await() {
  local what="$1" try
  shift
  for try in $(seq 300); do
    if "$@"; then return; fi
    sleep 0.1
  done
  wrong "waited for ${what}, ${try} times"
}

is_up() { ctl endpoint health >/dev/null 2>&1; }

write_keys() {
  local i
  for ((i = 1; i <= KEYS; i++)); do printf 'put /registry/%s value-%s\n' "${i}" "$1"; done | sed 's/^/\n\n/; s/^\n\n//' >/tmp/puts
  # One transaction holds 128 operations at most.
  { printf '\n' && head -n 100 /tmp/puts && printf '\n\n'; } | ctl txn >/dev/null
  { printf '\n' && tail -n +101 /tmp/puts && printf '\n\n'; } | ctl txn >/dev/null
}

keys() { ctl get /registry/ --prefix | sha256sum; }

revision() { ctl endpoint status --write-out json | grep --only-matching '"revision":[0-9]*' | cut --delimiter : --fields 2; }

newest() { find "${BACKUPS}" -maxdepth 1 -name '*.db' | sort | tail -n 1; }

refuses() {
  local text="$1"
  shift
  if "$@" >/tmp/refusal 2>&1; then wrong "expected a refusal with: ${text}"; fi
  grep --quiet --fixed-strings "${text}" /tmp/refusal || wrong "$(cat /tmp/refusal)"
}

take_a_snapshot() {
  local day
  mkdir --parents "${BACKUPS}"
  for day in $(seq 10 24); do : >"${BACKUPS}/lab-control-plane-1-202501${day}T020000Z.db"; done
  /slipway/scripts/etcd-snapshot.sh "${NODE}" >/dev/null
  (($(find "${BACKUPS}" -name '*.db' | wc --lines) == 14)) || wrong "retention: $(ls "${BACKUPS}")"
  printf 'snapshot: %s bytes, restored; 14 kept of 16\n' "$(stat --format %s "$(newest)")"
}

# etcdctl hands over a snapshot in which one page is not what was sent.
refuse_a_damaged_one() {
  local before
  before="$(ls "${BACKUPS}")"
  cat >/usr/local/sbin/etcdctl <<'DAMAGE'
#!/bin/bash
/usr/local/bin/etcdctl "$@" || exit
if [[ " $* " == *' snapshot save '* ]]; then
  head --bytes 64 /dev/urandom | dd of="${!#}" bs=1 seek=9000 conv=notrunc status=none
fi
DAMAGE
  chmod +x /usr/local/sbin/etcdctl
  refuses 'could not be restored' /slipway/scripts/etcd-snapshot.sh "${NODE}"
  rm /usr/local/sbin/etcdctl
  [[ "$(ls "${BACKUPS}")" == "${before}" ]] || wrong 'a damaged snapshot was kept, or an older one removed'
  printf 'damaged snapshot: refused, %s older ones untouched\n' "$(wc --lines <<<"${before}")"
}

lose_etcd() {
  mv "${MANIFESTS}/etcd.yaml" /tmp/etcd.yaml
  await 'etcd to stop' is_down
  rm --recursive --force /var/lib/etcd
  mkdir --mode 0700 /var/lib/etcd
  mv /tmp/etcd.yaml "${MANIFESTS}/etcd.yaml"
  await 'an empty etcd' is_up
}

is_down() { ! is_up; }

restore_it() {
  local snapshot="$1" saved="$2" before="$3" after
  refuses 'the majority lives' /slipway/scripts/etcd-restore.sh "${NODE}" "${snapshot}"
  /slipway/scripts/etcd-restore.sh --yes "${NODE}" "${snapshot}" >/tmp/restore.log 2>&1 || wrong "$(cat /tmp/restore.log)"
  await 'etcd to be back' is_up
  [[ "$(keys)" == "${saved}" ]] || wrong 'the keys are not those of the snapshot'
  after="$(revision)"
  ((after > BUMP && BUMP > before)) || wrong "revision ${after} is not far above ${before}"
  # Whoever remembers a revision of before is told to list again.
  timeout 10 etcdctl --endpoints https://127.0.0.1:2379 --cacert "${PKI}/ca.crt" --cert "${PKI}/healthcheck-client.crt" \
    --key "${PKI}/healthcheck-client.key" watch /registry/ --prefix --rev "$((before + 1))" >/tmp/watch 2>&1 || true
  grep --quiet 'required revision has been compacted' /tmp/watch || wrong "a watch of the past: $(cat /tmp/watch)"
  /slipway/scripts/etcd-restore.sh --yes "${NODE}" "${snapshot}" >/tmp/restore.log 2>&1
  grep --quiet 'etcd-restore.sh: 0 changes' /tmp/restore.log || wrong "a second restore: $(cat /tmp/restore.log)"
  printf 'restored: %s keys as saved, revision %s → %s, old watches told to list again, second run 0 changes\n' "${KEYS}" "${before}" "${after}"
}

main() {
  local saved before snapshot
  ip address add "${ADDRESS}/32" dev lo
  make_certificates
  mkdir --parents "${MANIFESTS}"
  for pod in etcd kube-apiserver kube-controller-manager kube-scheduler; do : >"${MANIFESTS}/${pod}.yaml"; done
  : >/etc/kubernetes/admin.conf
  printf '#!/bin/sh\n' >/usr/local/bin/kubectl
  chmod +x /usr/local/bin/kubectl
  mkdir --mode 0700 /var/lib/etcd
  keep_etcd &
  await 'etcd' is_up
  write_keys kept
  saved="$(keys)"
  take_a_snapshot
  refuse_a_damaged_one
  snapshot="$(newest)"
  write_keys lost
  before="$(revision)"
  lose_etcd
  restore_it "${snapshot}" "${saved}" "${before}"
}

main
