# shellcheck shell=bash
# What every script on a node stands on: arguments, facts, one change after the other, files that are whole or not there.
#
#   script.sh [--dry-run] NODE
#
# NODE is the folder of this machine below dist/cluster/<cluster>/nodes. A second run changes nothing; a run that was
# killed is finished by the next one. Nothing here is destructive without its script saying so.

# A refusal inside $(…) ends the script too.
shopt -s inherit_errexit

# Services that have to read a file again, until they did: the note outlives a script that is killed in between.
readonly PENDING=/var/lib/slipway/pending
readonly LOCK=/run/slipway.lock

CHANGES=0
DRY_RUN=false
NODE=''
# With --dry-run: units that would have something to read again.
declare -A TOLD_PENDING=()

# Reads the command line and the facts of the node, and takes the machine's lock.
begin() {
  read_arguments "$@"
  require_root
  [[ "${DRY_RUN}" == true ]] || take_lock
  umask 022
  trap finish EXIT
}

# The text for --help is the comment at the head of the script.
read_arguments() {
  while (($# > 0)); do
    case "$1" in
      --dry-run) DRY_RUN=true ;;
      --help)
        print_help
        exit 0
        ;;
      -*) refuse "$1: is no option; expected --dry-run or --help" ;;
      *)
        [[ -z "${NODE}" ]] || refuse "$1: is a second folder; expected one"
        NODE="${1%/}"
        ;;
    esac
    shift
  done
  [[ -n "${NODE}" ]] || refuse "NODE: is missing; expected the folder of this machine, such as lab/nodes/worker-1"
  [[ -f "${NODE}/node.env" ]] || refuse "${NODE}: holds no node.env; expected a folder that \`slipway synth\` wrote"
  # shellcheck source=/dev/null
  source "${NODE}/node.env"
}

print_help() {
  sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"
}

require_root() {
  ((EUID == 0)) || refuse "user: is $(id -un); expected root, for it changes this machine"
}

# One script at a time on a machine; the lock ends with the process, however that ends. Appending leaves its time alone.
take_lock() {
  exec {LOCK_FD}>>"${LOCK}"
  flock --nonblock "${LOCK_FD}" || refuse "${LOCK}: is held by another run; expected none. Wait for it, then run this again"
}

finish() {
  local status=$?
  if ((status != 0)); then
    printf '%s: stopped with code %s after %s changes; run it again, it goes on from here\n' "$(script_name)" "${status}" "${CHANGES}" >&2
  elif [[ "${DRY_RUN}" == true ]]; then
    printf '%s: %s changes would be made\n' "$(script_name)" "${CHANGES}"
  else
    printf '%s: %s changes\n' "$(script_name)" "${CHANGES}"
  fi
}

script_name() {
  basename "$0"
}

# Ends the script before anything else happens. Says field, value, expectation and next step.
refuse() {
  printf '%s: %s\n' "$(script_name)" "$1" >&2
  exit 2
}

# The roles that a script is for.
#   require_role ROLE…
require_role() {
  [[ " $* " == *" ${NODE_ROLE} "* ]] || refuse "${NODE}/node.env: NODE_ROLE is ${NODE_ROLE}; expected one of: $*. This is a step of other machines"
}

# Says something that people should know and that changes nothing.
note() {
  printf 'note: %s\n' "$1"
}

# Says what the script is about to do, does it, and counts it. With --dry-run it only says so.
#   change "what becomes true" command [argument…]
change() {
  local what="$1"
  shift
  CHANGES=$((CHANGES + 1))
  if [[ "${DRY_RUN}" == true ]]; then
    printf 'would: %s\n' "${what}"
    return
  fi
  printf 'change: %s\n' "${what}"
  "$@"
}

# Brings a file to what another one holds, with owner root and a mode; whole or not at all.
#   install_file SOURCE TARGET MODE [UNIT…]   units that have to read it again
install_file() {
  local source="$1" target="$2" mode="$3"
  is_installed "${source}" "${target}" "${mode}" && return
  tell_pending "${@:4}"
  change "write ${target}" put_file "$@"
}

# The same with the text on standard input.
#   install_text TARGET MODE [UNIT…]
install_text() {
  local target="$1" mode="$2" text
  text="$(cat && printf .)"
  text="${text%.}"
  is_installed /dev/stdin "${target}" "${mode}" < <(printf '%s' "${text}") && return
  tell_pending "${@:3}"
  change "write ${target}" put_file /dev/stdin "$@" < <(printf '%s' "${text}")
}

is_installed() {
  local source="$1" target="$2" mode="$3"
  [[ -f "${target}" && ! -L "${target}" && "$(stat --format=%a:%U:%G "${target}")" == "${mode#0}:root:root" ]] &&
    cmp --silent "${source}" "${target}"
}

put_file() {
  local source="$1" target="$2" mode="$3" unfinished
  note_pending "${@:4}"
  mkdir --parents "$(dirname "${target}")"
  unfinished="${target}.slipway-new"
  install --mode="${mode}" --owner=root --group=root "${source}" "${unfinished}"
  mv --force --no-target-directory "${unfinished}" "${target}"
}

# Everything below NODE/root that belongs to a concern, such as etc/containerd, at the same place on this machine.
#   install_tree FOLDER MODE [UNIT…]
install_tree() {
  local folder="$1" mode="$2" file
  shift 2
  [[ -d "${NODE}/root/${folder}" ]] || refuse "${NODE}/root/${folder}: is missing; expected what \`slipway synth\` writes"
  while IFS= read -r -d '' file; do
    install_file "${file}" "${file#"${NODE}/root"}" "${mode}" "$@"
  done < <(find "${NODE}/root/${folder}" -type f -print0 | sort --zero-terminated)
}

# The same for --dry-run, which writes no note.
tell_pending() {
  local unit
  [[ "${DRY_RUN}" == true ]] || return 0
  for unit in "$@"; do TOLD_PENDING[${unit}]=1; done
}

# Notes that units have to read their files again, before a file changes that makes it so.
note_pending() {
  local unit
  for unit in "$@"; do
    [[ ! -e "${PENDING}/${unit}" ]] || continue
    mkdir --parents "${PENDING}"
    : >"${PENDING}/${unit}"
  done
}

# Lets a running unit read what was written since it last did; a stopped one reads it when it starts.
#   settle UNIT [restart|reload]
settle() {
  local unit="$1" how="${2:-restart}"
  [[ -e "${PENDING}/${unit}" || -v TOLD_PENDING["${unit}"] ]] || return 0
  if systemctl is-active --quiet "${unit}"; then
    change "${how} ${unit}" read_again "${unit}" "${how}"
  elif [[ "${DRY_RUN}" == false ]]; then
    read_again "${unit}" none
  fi
}

read_again() {
  local unit="$1" how="$2"
  systemctl daemon-reload
  [[ "${how}" == none ]] || systemctl "${how}" "${unit}"
  rm --force "${PENDING:?}/${unit}"
}

# Runs now and after every boot. Call it after `settle`.
enable_unit() {
  local unit="$1"
  systemctl is-enabled --quiet "${unit}" 2>/dev/null || change "enable ${unit}" systemctl enable --quiet "${unit}"
  systemctl is-active --quiet "${unit}" || change "start ${unit}" systemctl start "${unit}"
}

# debian for Debian, Ubuntu and their children; rhel for RHEL, AlmaLinux, Rocky and theirs.
distribution() {
  # shellcheck source=/dev/null
  case " $(source /etc/os-release && printf '%s %s' "${ID:-}" "${ID_LIKE:-}") " in
    *' debian '* | *' ubuntu '*) printf 'debian\n' ;;
    *' rhel '* | *' fedora '* | *' centos '*) printf 'rhel\n' ;;
    *) refuse "/etc/os-release: names neither Debian, Ubuntu nor RHEL or a child of theirs; expected one that these scripts know" ;;
  esac
}
