# shellcheck shell=bash
# The bundle of mint-join.sh, as join.sh reads it: lines KEY=value, each key once, no other. Its values stay in this
# shell and in files of root; none is ever the argument of a program.

declare -A BUNDLE=()

# What a value of the bundle looks like.
readonly -A BUNDLE_SHAPE=(
  [TOKEN]='^[a-z0-9]{6}\.[a-z0-9]{16}$'
  [CA_HASH]='^sha256:[0-9a-f]{64}$'
  [CERTIFICATE_KEY]='^[0-9a-f]{64}$'
  [ENCRYPTION_CONFIG]='^[A-Za-z0-9+/]+=*$'
)

# What stands in nodes/<machine>/kubeadm.yaml in their place.
readonly -A PLACEHOLDER=(
  [TOKEN]='000000.0000000000000000'
  [CA_HASH]='sha256:0000000000000000000000000000000000000000000000000000000000000000'
  [CERTIFICATE_KEY]='0000000000000000000000000000000000000000000000000000000000000000'
)

bundle_keys() {
  case "${NODE_ROLE}" in
    control-plane) printf '%s\n' TOKEN CA_HASH CERTIFICATE_KEY ENCRYPTION_CONFIG ;;
    worker) printf '%s\n' TOKEN CA_HASH ;;
    *) refuse "NODE_ROLE: is ${NODE_ROLE}; expected control-plane or worker, for no other machine joins" ;;
  esac
}

# Reads standard input to its end. A refusal names the key, never the value.
read_bundle() {
  local line key keys
  keys=" $(bundle_keys | tr '\n' ' ')"
  [[ ! -t 0 ]] || refuse "standard input: is a terminal; expected what mint-join.sh says, through a pipe"
  while IFS= read -r line || [[ -n "${line}" ]]; do
    key="${line%%=*}"
    [[ "${line}" == *=* && "${keys}" == *" ${key} "* ]] ||
      refuse "standard input: has a line that is none of${keys}for a ${NODE_ROLE}; expected the output of mint-join.sh … ${NODE_ROLE}"
    [[ -z "${BUNDLE[${key}]:-}" ]] || refuse "${key}: stands in standard input twice; expected one bundle"
    [[ "${line#*=}" =~ ${BUNDLE_SHAPE[${key}]} ]] || refuse "${key}: has not the shape ${BUNDLE_SHAPE[${key}]}; expected what mint-join.sh says"
    BUNDLE[${key}]="${line#*=}"
  done
  for key in $(bundle_keys); do
    [[ -n "${BUNDLE[${key}]:-}" ]] || refuse "${key}: is not in standard input; expected the output of mint-join.sh … ${NODE_ROLE}. Did it refuse?"
  done
}

take_encryption_config() {
  base64 --decode <<<"${BUNDLE[ENCRYPTION_CONFIG]}" | put_encryption_config
}

# kubeadm.yaml of this machine with the bundle's values in the placeholders' place, for root alone.
#   write_join_config FILE
write_join_config() {
  local text key
  text="$(<"${NODE}/kubeadm.yaml")"
  # The key's placeholder is the end of the hash's: the longer one first.
  for key in TOKEN CA_HASH CERTIFICATE_KEY; do
    [[ -z "${BUNDLE[${key}]:-}" ]] || text="${text//"${PLACEHOLDER[${key}]}"/${BUNDLE[${key}]}}"
  done
  for key in TOKEN CERTIFICATE_KEY; do
    [[ "${text}" != *"${PLACEHOLDER[${key}]}"* ]] || refuse "${NODE}/kubeadm.yaml: a placeholder of ${key} is left; expected the configuration of a ${NODE_ROLE}"
  done
  install --directory --mode 0700 "$(dirname "$1")"
  (umask 077 && printf '%s\n' "${text}" >"$1")
}
