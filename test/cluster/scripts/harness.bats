#!/usr/bin/env bats
# The harness itself: a machine cannot reach its host, and planted faults of scripts are found.

load harness/machine
load harness/kills

readonly WORKER=lab/nodes/worker-1

setup() {
  fresh debian12
  own_scripts
}

planted() {
  {
    printf '#!/usr/bin/env bash\nset -o errexit -o nounset -o pipefail\nsource /slipway/scripts/lib.sh\nbegin "$@"\n'
    cat
  } >"${MACHINE}/scripts/try.sh"
  chmod 0755 "${MACHINE}/scripts/try.sh"
}

@test "a machine writes neither programs nor the kernel of its host, and turns no swap of it off" {
  local swappiness
  swappiness="$(</proc/sys/vm/swappiness)"
  run ! on_machine touch /usr/bin/planted
  run ! on_machine touch /slipway/clusters/planted
  run -0 on_machine sysctl --write vm.swappiness=1
  [[ "$(</proc/sys/vm/swappiness)" == "${swappiness}" && "$(<"${MACHINE}/kernel/proc-sys/vm/swappiness")" == 1 ]]
  run ! on_machine /usr/sbin/swapoff /dev/sda2
  run ! on_machine hostname planted
  run ! on_machine mount --types tmpfs tmpfs /mnt
}

@test "a file that is written again, with the same content, is found" {
  planted <<<'change "write" cp /etc/hostname /etc/copy; CHANGES=0'
  run_script try.sh "${WORKER}"
  run ! assert_second_run_changes_nothing try.sh "${WORKER}"
  [[ "${output}${stderr:-}" == *'disk/etc/copy'* ]]
}

@test "a dry run that writes, and one that leaves a change out, are found" {
  planted <<<'printf x >/etc/copy; change "touch" touch /etc/touched'
  run ! assert_dry_run_tells_all try.sh "${WORKER}"
  planted <<<'[[ "${DRY_RUN}" == true ]] || change "touch" touch /etc/touched'
  run ! assert_dry_run_tells_all try.sh "${WORKER}"
}

@test "a script that appends twice when it was killed in between is found" {
  planted <<<'
append() {
  printf "line\n" >>/etc/hosts
  touch /etc/done
}
[[ -e /etc/done ]] || change "append" append
install_file /etc/hostname /etc/copy 0644'
  run ! kill_at_each_step try.sh "${WORKER}"
  [[ "${output}" == *'left another machine'* ]]
}

@test "a fake that is called in a way its tool does not know fails the test, whatever the script makes of it" {
  planted <<<'systemctl --no-such-option || true'
  run ! run_script try.sh "${WORKER}"
  [[ "${output}" == *'a fake refused: systemctl: --no-such-option'* ]]
}
