#!/usr/bin/env bats

load ../../scripts/harness/machine

setup() {
  fresh debian12
  cp "${ETCD_PROGRAMS:?expected the folder of etcd, etcdctl and etcdutl}"/etcd{,ctl,utl} "${MACHINE}/usr-local/bin/"
  cp "${BATS_TEST_DIRNAME}/drill.sh" "${MACHINE}/disk/root/"
  # One control plane: its member alone is the majority.
  sed --in-place "s/^CONTROL_PLANES=.*/CONTROL_PLANES='control-plane-1'/" "${MACHINE}/clusters/lab/nodes/control-plane-1/node.env"
}

@test "what a real etcd held comes back from a snapshot that our scripts took" {
  run on_machine bash /root/drill.sh
  printf '%s\n' "${output}"
  ((status == 0))
}
