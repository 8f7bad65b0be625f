#!/usr/bin/env bats
# What every script stands on, seen through scripts of a few lines.

load harness/machine
load harness/kills

readonly WORKER=lab/nodes/worker-1

setup() {
  fresh debian12
  own_scripts
}

# Puts a script of this test beside the real ones; standard input is what it does after `begin`.
script_of() {
  {
    printf '#!/usr/bin/env bash\n# A script of a test.\n#\n#   try.sh NODE\nset -o errexit -o nounset -o pipefail\n'
    printf 'source "%s/lib.sh"\nbegin "$@"\n' /slipway/scripts
    cat
  } >"${MACHINE}/scripts/try.sh"
  chmod 0755 "${MACHINE}/scripts/try.sh"
}

haproxy_unit() {
  printf '[Service]\nExecStart=/usr/sbin/haproxy\n[Install]\nWantedBy=multi-user.target\n' >"${MACHINE}/units/haproxy.service"
}

@test "without its folder, with two, or with an option that it does not know, a script refuses" {
  script_of <<<'change "touch" touch /etc/touched'
  run --separate-stderr on_machine /slipway/scripts/try.sh
  assert_refused 'NODE: is missing; expected the folder of this machine, such as lab/nodes/worker-1'
  run --separate-stderr on_machine /slipway/scripts/try.sh /etc
  assert_refused '/etc: holds no node.env; expected a folder that `slipway synth` wrote'
  run_script try.sh "${WORKER}" --force
  assert_refused '--force: is no option; expected --dry-run or --help'
  run_script try.sh "${WORKER}" /slipway/clusters/lab/nodes/worker-2
  assert_refused 'is a second folder; expected one'
  [[ ! -e "${MACHINE}/disk/etc/touched" ]]
}

@test "who is not root is refused" {
  script_of <<<'change "touch" touch /etc/touched'
  run --separate-stderr on_machine setpriv --reuid=65534 --clear-groups /slipway/scripts/try.sh "/slipway/clusters/${WORKER}"
  assert_refused 'user: is nobody; expected root, for it changes this machine'
}

@test "a second script on the same machine waits for nobody and refuses; a dry run needs no lock" {
  script_of <<<'change "touch" touch /etc/touched'
  run --separate-stderr on_machine flock /run/slipway.lock /slipway/scripts/try.sh "/slipway/clusters/${WORKER}"
  assert_refused '/run/slipway.lock: is held by another run; expected none. Wait for it, then run this again'
  run --separate-stderr on_machine flock /run/slipway.lock /slipway/scripts/try.sh --dry-run "/slipway/clusters/${WORKER}"
  assert_success
}

@test "help is the script's own head" {
  script_of </dev/null
  run_script try.sh "${WORKER}" --help
  [[ "${output}" == $'A script of a test.\n\n  try.sh NODE' ]]
}

@test "a file is written once, with its mode and root as its owner" {
  script_of <<<'install_file /etc/hostname /etc/deep/copy 0640'
  run_script try.sh "${WORKER}"
  [[ "$(stat --format=%a:%u:%g "${MACHINE}/disk/etc/deep/copy")" == 640:0:0 ]]
  assert_second_run_changes_nothing try.sh "${WORKER}"
}

@test "a file that others changed, gave another mode or made a link is put right" {
  script_of <<<'install_file /etc/hostname /etc/copy 0640'
  local copy="${MACHINE}/disk/etc/copy" spoil
  for spoil in 'printf x >>' 'chmod 0666' 'chown 12' 'ln --symbolic --force hosts'; do
    run_script try.sh "${WORKER}"
    eval "${spoil} \"${copy}\""
    run_script try.sh "${WORKER}"
    assert_output_has 'change: write /etc/copy'
    [[ ! -L "${copy}" && "$(stat --format=%a:%u "${copy}")" == 640:0 ]]
    cmp "${copy}" "${MACHINE}/disk/etc/hostname"
  done
}

@test "a text is written whole, its empty lines at the end too" {
  script_of <<<'printf "a\n\n\n" | install_text /etc/text 0644'
  run_script try.sh "${WORKER}"
  [[ "$(wc --lines <"${MACHINE}/disk/etc/text")" == 3 ]]
  assert_second_run_changes_nothing try.sh "${WORKER}"
}

@test "a running service reads what changed, once; a stopped one reads it when it starts" {
  haproxy_unit
  script_of <<<'
install_file /etc/hosts /etc/haproxy/haproxy.cfg 0644 haproxy
settle haproxy reload
settle haproxy reload
enable_unit haproxy'
  assert_dry_run_tells_all try.sh "${WORKER}"
  refute_argv 'systemctl reload'
  printf 'other\n' >>"${MACHINE}/disk/etc/hosts"
  forget_argv
  assert_dry_run_tells_all try.sh "${WORKER}"
  (("$(grep --count 'systemctl reload haproxy' "${MACHINE}/state/argv")" == 1))
  assert_second_run_changes_nothing try.sh "${WORKER}"
}

@test "killed anywhere, also between a file and the restart that it needs, the next run finishes" {
  haproxy_unit
  script_of <<<'
install_file /etc/hostname /etc/haproxy/a 0640 haproxy
install_file /etc/hosts /etc/systemd/system/haproxy.service.d/b.conf 0644 haproxy
settle haproxy
enable_unit haproxy'
  run_script try.sh "${WORKER}"
  assert_success
  printf 'other\n' >"${MACHINE}/disk/etc/hosts"
  printf 'other\n' >"${MACHINE}/disk/etc/hostname"
  kill_at_each_step try.sh "${WORKER}"
}

@test "a refusal inside a substitution ends the script" {
  script_of <<<'
inner() { refuse "because"; }
outer() { local value; value="$(inner)"; printf "%s\n" "went on"; }
what="$(outer)"
change "say ${what}" touch /etc/touched'
  run_script try.sh "${WORKER}"
  assert_refused 'because'
  [[ ! -e "${MACHINE}/disk/etc/touched" ]]
}

@test "a change that fails ends the script, and it says how to go on" {
  script_of <<<'
change "fail" false
change "touch" touch /etc/touched'
  run_script try.sh "${WORKER}"
  ((status == 1))
  [[ "${stderr}" == *'try.sh: stopped with code 1 after 1 changes; run it again, it goes on from here'* ]]
  [[ ! -e "${MACHINE}/disk/etc/touched" ]]
}
