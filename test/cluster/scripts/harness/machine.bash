# shellcheck shell=bash
# Machines that are folders: made fresh, changed by the real scripts, compared file by file.
#
#   fresh debian12                              a machine as its distribution leaves it, with the clusters' folders
#   run_script prepare.sh lab/nodes/worker-1    as root of that machine; sets status, output, stderr
#   on_machine cat /etc/hosts                   any command there
#   snapshot NAME; assert_same NAME             every file, mode, owner, link and time of modification
#   kill_at_each_step prepare.sh lab/nodes/worker-1
#   assert_argv 'systemctl restart containerd'  a fake was called like that; forget_argv empties its memory

bats_require_minimum_version 1.5.0

HARNESS="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly HARNESS
readonly FIXTURES="${HARNESS}/../fixtures"

# Folder of the machine in use.
MACHINE=''

# A new machine of a distribution: debian12, ubuntu2404, almalinux9, almalinux10.
fresh() {
  local distribution="$1"
  [[ -d "${FIXTURES}/${distribution}" ]] || fail "${distribution}: is no folder of test/cluster/scripts/fixtures"
  MACHINE="$(mktemp --directory "${BATS_TEST_TMPDIR}/machine.XXXXXX")"
  mkdir --parents "${MACHINE}"/{usr-local/{bin,sbin,lib},units,clusters,state/active}
  mkdir --parents "${MACHINE}"/disk/{usr,proc,sys,dev,run,root,opt,home,boot,tmp,etc/alternatives,var/{lib,log,cache,tmp}}
  mkdir --parents "${MACHINE}"/disk/{slipway/{scripts,clusters},harness/{fakes,steps,state}}
  ln --symbolic usr/bin "${MACHINE}/disk/bin"
  ln --symbolic usr/sbin "${MACHINE}/disk/sbin"
  ln --symbolic usr/lib "${MACHINE}/disk/lib"
  ln --symbolic usr/lib64 "${MACHINE}/disk/lib64"
  : >"${MACHINE}/state/argv"
  cp --recursive "${FIXTURES}/common/." "${MACHINE}/"
  cp --recursive "${FIXTURES}/${distribution}/." "${MACHINE}/"
  cp --recursive "${CLUSTERS:?is set by setup_suite.bash}/." "${MACHINE}/clusters/"
}

# Tools that not every machine has: ufw, firewall-cmd, getenforce, getsebool, setsebool.
have() {
  local tool
  for tool in "$@"; do cp "${FIXTURES}/../fakes/optional/${tool}" "${MACHINE}/usr-local/sbin/"; done
}

# Gives the machine a copy of cluster/scripts that a test may add to.
own_scripts() {
  cp --recursive "${HARNESS}/../../../../cluster/scripts" "${MACHINE}/scripts"
}

# Runs a command as root of the machine.
on_machine() {
  unshare --mount --pid --fork --kill-child --net --uts --ipc --propagation private \
    "${HARNESS}/enter.sh" "${MACHINE}" "$@"
}

# Runs a script of cluster/scripts on the machine: its name, the node's folder below dist/cluster, its options.
# Standard input is the script's. A fake that was called in a way its tool does not know fails the test.
run_script() {
  local script="$1" node="$2"
  shift 2
  run --separate-stderr on_machine "/slipway/scripts/${script}" "$@" "/slipway/clusters/${node}"
  assert_no_refusals
}

assert_no_refusals() {
  [[ ! -e "${MACHINE}/state/refused" ]] || fail "a fake refused: $(cat "${MACHINE}/state/refused")"
}

# Ends the test, also from within a function that something guards.
fail() {
  printf '%s\n' "$@" >&2
  if [[ -n "${output:-}${stderr:-}" ]]; then
    printf 'standard output:\n%s\nstandard error:\n%s\n' "${output:-}" "${stderr:-}" >&2
  fi
  exit 1
}

assert_success() {
  ((status == 0)) || fail "ended with code ${status}, expected 0"
}

# The script refused before it changed anything, and said so.
assert_refused() {
  ((status == 2)) || fail "ended with code ${status}, expected a refusal: 2"
  [[ "${stderr}" == *"$1"* ]] || fail "expected in its refusal: $1"
}

assert_output_has() {
  [[ "${output}" == *"$1"* ]] || fail "expected in its output: $1"
}

# Every file of the machine that something could have changed: kind, mode, owner, link and hash; times where asked.
# Left out: what fakes and steps write for the tests alone, and paths that match IGNORED, a regular expression of a test.
#   tree MACHINE [times]
tree() {
  local time=''
  [[ "${2:-}" != times ]] || time=' %T@'
  (
    cd "$1" || return
    local places=(disk usr-local units kernel state)
    find "${places[@]}" -printf "%p %y %m %U:%G %l${time}\n" | left_in | sort
    find "${places[@]}" -type f -exec sha256sum {} + | left_in | sort --key=2
  )
}

left_in() {
  grep --invert-match --extended-regexp "state/(argv|steps)( |\$)${IGNORED:+|${IGNORED}}"
}

# Remembers the machine as it is.
snapshot() {
  tree "${MACHINE}" times >"${BATS_TEST_TMPDIR}/$1.tree"
}

# The machine is as it was at that snapshot: no file was written, not even with the same content.
assert_same() {
  local now="${BATS_TEST_TMPDIR}/now.tree"
  tree "${MACHINE}" times >"${now}"
  diff --unified=0 "${BATS_TEST_TMPDIR}/$1.tree" "${now}" >&2 || fail "the machine is not as at snapshot $1"
}

# The script has nothing left to do, by its own word and by every file.
assert_second_run_changes_nothing() {
  snapshot before-second-run
  run_script "$@"
  assert_success
  assert_same before-second-run
  assert_output_has ': 0 changes'
}

# --dry-run changes no file and names, in order, every change that the script then makes. It may name more: what another
# change brings along, such as a service that its package starts.
assert_dry_run_tells_all() {
  local told made
  snapshot before-dry-run
  run_script "$@" --dry-run
  assert_success
  assert_same before-dry-run
  told="$(sed --quiet 's/^would: //p' <<<"${output}")"
  run_script "$@"
  assert_success
  made="$(sed --quiet 's/^change: //p' <<<"${output}")"
  [[ -n "${made}" ]] || fail 'the script changed nothing: the dry run had nothing to tell'
  ! diff <(printf '%s\n' "${told}") <(printf '%s\n' "${made}") | grep '^>' >&2 || fail 'the dry run did not tell of these'
}

# Whether a fake was called with these words; several calls, several lines.
assert_argv() {
  grep --quiet --line-regexp --fixed-strings "$1" "${MACHINE}/state/argv" ||
    fail "expected the call: $1" "$(cat "${MACHINE}/state/argv")"
}

refute_argv() {
  ! grep --quiet --fixed-strings "$1" "${MACHINE}/state/argv" || fail "expected no call with: $1"
}

forget_argv() {
  : >"${MACHINE}/state/argv"
}
