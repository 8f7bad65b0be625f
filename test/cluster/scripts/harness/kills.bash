# shellcheck shell=bash
# Kills a script in every state that it can leave, and lets the next run finish.

# From the machine as it is: an undisturbed run; then, for each state that the run went through, a run that is killed
# there and one that is not. All machines must end as the undisturbed one.
#   kill_at_each_step SCRIPT NODE [OPTION…] [<INPUT]
kill_at_each_step() {
  local start="${MACHINE}" undisturbed input="${BATS_TEST_TMPDIR}/input" steps
  if [[ -p /dev/stdin || -f /dev/stdin ]]; then cat >"${input}"; else : >"${input}"; fi
  undisturbed="$(copy_of "${start}")"
  MACHINE="${undisturbed}"
  BASH_ENV=/harness/steps/steps.bash run_script "$@" <"${input}"
  assert_success
  steps="${undisturbed}/state/steps"
  (($(wc --lines <"${steps}") > 2)) || fail "the script goes through no states: $(cat "${steps}")"
  tree "${undisturbed}" >"${BATS_TEST_TMPDIR}/undisturbed.tree"
  kill_all "$@"
  MACHINE="${undisturbed}"
  printf '# %s: killed in %s states\n' "$1" "$(wc --lines <"${steps}")" >&3
}

# Four at a time: most of a run is waiting for namespaces to come and go.
kill_all() {
  local step after running=0 failed=0
  while read -r step after; do
    kill_and_finish "${step}" "${after}" "$@" &
    running=$((running + 1))
    if ((running == 4)); then
      wait -n || failed=1
      running=$((running - 1))
    fi
  done <"${steps}"
  while ((running > 0)); do
    wait -n || failed=1
    running=$((running - 1))
  done
  ((failed == 0)) || fail "a run that was killed was not finished by the next one"
}

kill_and_finish() {
  local step="$1" after="$2"
  shift 2
  MACHINE="$(copy_of "${start}")"
  KILL_AT="${step}" BASH_ENV=/harness/steps/steps.bash run_script "$@" <"${input}"
  ((status == 137)) || fail "command ${step}: expected to be killed there, ended with code ${status}"
  run_script "$@" <"${input}"
  ((status == 0)) || fail "killed after \`${after}\`: the next run ended with code ${status}"
  tree "${MACHINE}" | diff --unified=0 "${BATS_TEST_TMPDIR}/undisturbed.tree" - >&2 ||
    fail "killed after \`${after}\`: the next run left another machine"
  rm --recursive --force --one-file-system "${MACHINE}"
}

# Another machine like this one; both read the same clusters' folders.
copy_of() {
  local copy
  copy="$(mktemp --directory "${BATS_TEST_TMPDIR}/machine.XXXXXX")"
  find "$1" -mindepth 1 -maxdepth 1 ! -name clusters -exec cp --archive --target-directory="${copy}" {} +
  ln --symbolic "$(realpath "$1/clusters")" "${copy}/clusters"
  printf '%s\n' "${copy}"
}
