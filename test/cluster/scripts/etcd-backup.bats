#!/usr/bin/env bats

load harness/machine
load harness/kills
load harness/kubernetes

NODE=lab/nodes/control-plane-1

setup() {
  control_plane
  printf 'what etcd holds\n' >"${MACHINE}/state/etcd-holds"
  BACKUPS="${MACHINE}/disk/var/backups/slipway-etcd"
}

snapshots() {
  find "${BACKUPS}" -name 'lab-control-plane-1-*.db' -printf '%f\n' | sort
}

@test "etcd-backup.sh installs a timer that runs the snapshot, and a second run changes nothing" {
  assert_dry_run_tells_all etcd-backup.sh "${NODE}"
  assert_second_run_changes_nothing etcd-backup.sh "${NODE}"
  [[ -L "${MACHINE}/disk/etc/systemd/system/timers.target.wants/slipway-etcd-snapshot.timer" ]]
}

@test "etcd-backup.sh is finished by the next run, wherever it was killed" {
  kill_at_each_step etcd-backup.sh "${NODE}"
}

@test "what the timer runs is complete: it works from where it was installed" {
  run_script etcd-backup.sh "${NODE}"
  run --separate-stderr on_machine sh -c "$(sed --quiet 's/^ExecStart=//p' "${MACHINE}/disk/etc/systemd/system/slipway-etcd-snapshot.service")"
  assert_success
  [[ "$(snapshots | wc --lines)" == 1 ]]
}

@test "etcd-snapshot.sh keeps a snapshot as etcd gave it, for root alone, and nothing else" {
  run_script etcd-snapshot.sh "${NODE}"
  assert_success
  diff "${MACHINE}/state/etcd-holds" "${BACKUPS}/$(snapshots)"
  [[ "$(stat --format %a "${BACKUPS}/$(snapshots)") $(stat --format %a "${BACKUPS}")" == '600 700' ]]
  [[ "$(ls "${BACKUPS}")" == "$(snapshots)" ]]
}

@test "etcd-snapshot.sh keeps the newest 14 and removes older ones only after it has a new one" {
  local day
  mkdir --parents "${BACKUPS}"
  for day in $(seq 10 24); do : >"${BACKUPS}/lab-control-plane-1-202501${day}T020000Z.db"; done
  : >"${BACKUPS}/somebody-elses.db"
  run_script etcd-snapshot.sh "${NODE}"
  assert_success
  [[ "$(snapshots | wc --lines)" == 14 && "$(snapshots | head -n 1)" == lab-control-plane-1-20250112* ]]
  [[ -e "${BACKUPS}/somebody-elses.db" ]]
}

@test "etcd-snapshot.sh refuses a snapshot that cannot be restored, and keeps the older ones" {
  local day text
  mkdir --parents "${BACKUPS}"
  for day in $(seq 10 24); do : >"${BACKUPS}/lab-control-plane-1-202501${day}T020000Z.db"; done
  for text in 'damaged' 'lossy keys'; do
    printf '%s\n' "${text}" >"${MACHINE}/state/etcd-holds"
    run_script etcd-snapshot.sh "${NODE}"
    assert_refused 'could not be restored'
    [[ "$(snapshots | wc --lines)" == 15 && "$(find "${BACKUPS}" -mindepth 1 | wc --lines)" == 15 ]]
  done
}

@test "etcd-snapshot.sh refuses before it writes where too little is free for the snapshot and its proof" {
  printf '%s\n' 9000000000000000 >"${MACHINE}/state/etcd-size"
  run_script etcd-snapshot.sh "${NODE}"
  assert_refused 'bytes are free; expected more than 27000000067108864'
  [[ -z "$(snapshots)" ]]
}

@test "etcd-snapshot.sh says in a dry run what it would do, and does not" {
  run_script etcd-snapshot.sh "${NODE}" --dry-run
  assert_success
  assert_output_has 'would: save a snapshot of etcd'
  [[ ! -e "${BACKUPS}" ]]
}

@test "etcd-snapshot.sh that was killed leaves nothing in the way of the next one" {
  mkdir --parents "${BACKUPS}/unfinished/scratch"
  : >"${BACKUPS}/unfinished/lab-control-plane-1-half.db"
  run_script etcd-snapshot.sh "${NODE}"
  assert_success
  [[ "$(ls "${BACKUPS}")" == "$(snapshots)" ]]
}
