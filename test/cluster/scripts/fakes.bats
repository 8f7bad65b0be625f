#!/usr/bin/env bats
# Fakes know no option that their tool does not know. Those of tools that this host lacks cite their version instead.

bats_require_minimum_version 1.5.0

# Options that the branches of a fake take.
options_of() {
  grep --only-matching --extended-regexp -- '^ *(--?[a-z0-9.=*-]+( \| )?)+.*\)' "${BATS_TEST_DIRNAME}/fakes/$1" |
    grep --only-matching --extended-regexp -- '--[a-z][a-z0-9.-]+' | sort --unique
}

# Every option stands in what the tool says of itself.
#   agree TOOL WORD…   the words that make it say so
agree() {
  local tool="$1" help option
  shift
  [[ -n "$(type -P "${tool}")" ]] || skip "${tool} is not on this host"
  help="$("${tool}" "$@" 2>&1)"
  [[ -n "$(options_of "${tool}")" ]]
  while read -r option; do
    grep --quiet --extended-regexp -- "${option}([^a-z-]|\$)" <<<"${help}" ||
      { printf '%s does not know %s\n' "${tool}" "${option}" >&2 && return 1; }
  done < <(options_of "${tool}")
}

@test "systemctl" { agree systemctl --help; }

@test "swapoff" { agree swapoff --help; }

@test "systemd-detect-virt" {
  run -0 systemd-detect-virt --help
  [[ "${output}" == *--container* && "${output}" == *--quiet* ]]
}

@test "curl" { agree curl --help all; }

@test "timedatectl" {
  run -0 timedatectl --help
  [[ "${output}" == *--property=NAME* && "${output}" == *--value* ]]
}

@test "dpkg" {
  run -0 dpkg --help
  [[ "${output}" == *--configure* && "${output}" == *--pending* ]]
}

@test "dpkg-query" {
  run -0 dpkg-query --help
  [[ "${output}" == *--show* && "${output}" == *--showformat* ]]
}

# It lists few of its options, and refuses those that it does not know.
@test "apt-get" {
  run apt-get --no-such-option --help
  [[ "${output}" == *'--no-such-option is not understood'* ]]
  while read -r option; do run -0 apt-get "${option}" --help; done < <(
    grep --only-matching --extended-regexp -- '^ *--yes.*\)' "${BATS_TEST_DIRNAME}/fakes/apt-get" |
      grep --only-matching --extended-regexp -- '--[a-z][^ )]+'
  )
}
