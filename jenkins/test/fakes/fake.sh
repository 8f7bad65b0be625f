# Read by every fake of bin/ (. fake.sh) after it set `tool`, and `tables` where it has several.
# Logs the call, refuses what the tool does not know, gives planned answers. What is left is the fake's own.
#
#   FAKE_LOG      file: a line of JSON a call, {"cwd": …, "argv": […]}; no environment, no stdin
#   FAKE_ANSWERS  folder: <name>.out, .err, .exit instead of what the fake does; <name>.hang, a FIFO: waits until it is
#                 killed, or written to. The name is that of the command, without flags: aws-ecr-describe-images
#   FAKE_STATE    folder: what is outside, repositories, images, the token; each fake says what
#
# 64 is the exit code of a call that the tool would refuse, or that nobody plays here; no tool of ours ends with it.
# shellcheck shell=sh disable=SC2154
set -eu
: "${FAKE_LOG:?names the log of calls}" "${FAKE_ANSWERS:?names the folder of answers}" "${FAKE_STATE:?names the folder of what is outside}"

fakes=$(dirname "$0")/..
files=
for table in ${tables:-$tool}; do files="$files $fakes/flags/$table.txt"; done
parsed=$(awk -f "$fakes/parse.awk" -- "$FAKE_LOG" "$files" "$tool" "$@") || exit 64
eval "$parsed"

refuse() {
  printf 'fake %s: %s\n' "$tool" "$1" >&2
  exit 64
}

# Ends as the tool does where it works but what it is asked for does not.
fail() {
  printf '%s\n' "$2" >&2
  exit "$1"
}

# The flags named are all that this fake plays of the command; others change what the tool does, and would be lost.
plays() {
  for given in $given_flags; do
    case " $* " in *" $given "*) ;; *) refuse "\`$tool $command\`: $given is not played; teach jenkins/test/fakes/bin/$tool" ;; esac
  done
}

takes_arguments() {
  if [ "$arguments" -lt "$1" ] || [ "$arguments" -gt "$2" ]; then
    refuse "\`$tool $command\` wants $1 to $2 arguments, not $arguments"
  fi
}

sha256() {
  sha256sum | cut -d' ' -f1
}

answer=$FAKE_ANSWERS/$tool$(printf '%s' "${command:+-$command}" | tr ' ' -)
if [ -e "$answer.hang" ]; then
  [ -p "$answer.hang" ] || refuse "$answer.hang is no FIFO; make it with mkfifo"
  read -r _ <"$answer.hang" || true
fi
if [ -e "$answer.out" ] || [ -e "$answer.err" ] || [ -e "$answer.exit" ]; then
  [ ! -e "$answer.out" ] || cat "$answer.out"
  [ ! -e "$answer.err" ] || cat "$answer.err" >&2
  [ ! -e "$answer.exit" ] || exit "$(cat "$answer.exit")"
  exit 0
fi
