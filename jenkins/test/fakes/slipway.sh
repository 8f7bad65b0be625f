# What `slipway` does to a small checkout, and to a cluster that is a file. Read by bin/node after fake.sh.
#   FAKE_STATE    folder: slipway-<environment>.revisions is the cluster, a line of JSON for each; .secrets has NAME HASH
#   FAKE_ANSWERS  folder: slipway-<command>.error is why a release fails, after which what ran before runs again
# shellcheck shell=sh disable=SC2154
environment=${argument_1:-}
cluster=$FAKE_STATE/slipway-$environment.revisions
secrets=$FAKE_STATE/slipway-$environment.secrets

# Text of stdin as JSON has it, without its last end of line.
quoted() {
  awk 'BEGIN { printf "\"" } { gsub(/[\\"]/, "\\\\&"); gsub(/\t/, "\\t"); printf "%s%s", (NR > 1 ? "\\n" : ""), $0 } END { printf "\"" }'
}

environments() {
  for file in charts/environments/*.ts; do basename "$file" .ts; done
}

# Pins of an environment, a line each: name and pin, and what stands between them.
pins() {
  awk -F '"' -v between="$2" '
    NF == 5 { print $2 between $4; next }
    !/^[{}]$/ { print "fake slipway: " FILENAME ": expected a pin a line, got " $0 >"/dev/stderr"; exit 64 }' "charts/environments/images/$1.json"
}

workloads() {
  sed 's/^/# /' "charts/environments/$1.ts"
  pins "$1" ': '
}

# Writes a file of dist/ where it differs from what lies there, and says so.
put() {
  if [ -f "dist/$1" ] && [ "$(cat "dist/$1")" = "$2" ]; then return; fi
  mkdir -p "dist/${1%/*}"
  printf '%s\n' "$2" >"dist/$1"
  printf '%s\n' "$1"
}

render() {
  text=$(workloads "$1")
  put "$1/workloads/20-apps.yaml" "$text"
  put "inventory/$1.json" "{
  \"environment\": \"$1\",
  \"namespace\": \"chat\",
  \"apiEndpoint\": { \"host\": \"api.$1.internal\", \"port\": 6443 }
}"
}

synth() {
  written=$(for name in ${environment:-$(environments)}; do render "$name"; done)
  printf '%s written\n' "$(printf '%s' "$written" | grep -c '' || true)"
}

images() {
  registry=$(sed -n "s/.*registry: '\([^']*\)'.*/\1/p" "charts/environments/$environment.ts")
  pins "$environment" ' ' | awk -v environment="$environment" -v registry="$registry" '
    BEGIN { printf "{\"environment\":\"%s\",\"images\":[", environment }
    { printf "%s{\"name\":\"%s\",\"repository\":\"%s/%s\",\"tag\":\"%s\"}", (NR > 1 ? "," : ""), $1, registry, $1, substr($2, 1, index($2 "@", "@") - 1) }
    END { print "]}" }'
}

pin() {
  before=$(pins "$environment" ' ')
  changed='' place=1
  while [ "$place" -lt "$arguments" ]; do
    place=$((place + 1))
    eval "word=\$argument_$place"
    name=${word%%=*} after=${word#*=}
    line=$(printf '%s\n' "$before" | grep "^$name ") || fail 2 "nothing here runs an image named $name"
    if [ "${line#* }" = "$after" ]; then continue; fi
    changed="$changed${changed:+,}{\"image\":\"$name\",\"before\":\"${line#* }\",\"after\":\"$after\"}"
    sed -i "s|\"$name\": \"[^\"]*\"|\"$name\": \"$after\"|" "charts/environments/images/$environment.json"
  done
  written=$(render "$environment")
  printf '{"environment":"%s","pins":[%s],"written":[%s],"removed":[],"diff":{}}\n' "$environment" "$changed" \
    "$(printf '%s' "$written" | sed 's/.*/"&"/' | paste -s -d , -)"
}

diff() {
  text=$(git diff "${flag_base:-HEAD}" -- dist)
  if [ -z "$text" ]; then
    echo 'Nothing changes.'
    return
  fi
  # shellcheck disable=SC2016 # Markdown
  printf '```\n%s\n```\n' "$text"
  exit 1
}

# What every command refuses that asks a cluster.
require_cluster() {
  if [ ! -f "${flag_kubeconfig:-}" ]; then fail 2 "kubeconfig ${flag_kubeconfig:-}: is not there"; fi
  case $(stat --format %A "$flag_kubeconfig") in *------) ;; *) fail 2 "kubeconfig $flag_kubeconfig: others may read it" ;; esac
  if [ ! -f "charts/environments/$environment.ts" ]; then fail 2 "unknown environment \"$environment\""; fi
}

# The last revision of the cluster with one of these statuses, as its line; nothing where there is none.
last() {
  [ ! -f "$cluster" ] || grep -E "^\{\"revision\":[0-9]+,\"status\":\"($1)\"," "$cluster" | tail -n 1
}

# A part of a revision: text without its quotation marks, or a number.
part() {
  value=${1#*\""$2"\":}
  value=${value%%,*}
  value=${value#\"}
  printf '%s' "${value%\"}"
}

# What was rendered, as a revision's line has it, in quotation marks: its last part.
dist_of() {
  value=${1#*,\"dist\":}
  printf '%s' "${value%\}}"
}

record() {
  if [ "$1" = deployed ] && [ -f "$cluster" ]; then sed -i 's/^\({"revision":[0-9]*,"status":"\)deployed"/\1superseded"/' "$cluster"; fi
  [ -f "$cluster" ] || : >"$cluster"
  made=$(($(wc -l <"$cluster") + 1))
  commit=$(git rev-parse HEAD)
  description=$(printf '%s\n' "$3" | quoted)
  printf '{"revision":%s,"status":"%s","commit":"%s","description":%s,"by":"deployer","at":"2026-01-01T00:00:00Z","images":[],"dist":%s}\n' \
    "$made" "$1" "$commit" "$description" "$2" >>"$cluster"
}

# One line of JSON: the result, the revision and commit of a revision's line if there is one, and more.
tell() {
  told=
  if [ -n "$2" ]; then told=$(printf ',"revision":%s,"commit":"%s"' "$(part "$2" revision)" "$(part "$2" commit)"); fi
  printf '{"environment":"%s","result":"%s"%s%s,"notes":[]}\n' "$environment" "$1" "$told" "${3:-}"
}

# release <dist> <line of what runs> <description>
release() {
  error=$FAKE_ANSWERS/slipway-$command.error
  if [ ! -f "$error" ]; then
    record deployed "$1" "$3"
    tell deployed "$(last deployed)"
    return
  fi
  record failed "$1" "$(cat "$error")"
  mkdir -p diagnostics/production-now
  cp "$error" diagnostics/production-now/reason.txt
  if [ -n "$2" ]; then record deployed "$(dist_of "$2")" "Rollback to $(part "$2" revision)"; fi
  tell "$([ -n "$2" ] && echo restored || echo removed)" "$2" ",\"reason\":$(quoted <"$error")"
  exit 1
}

consider() {
  if [ -n "$2" ] && [ "$(dist_of "$2")" = "$1" ]; then
    tell unchanged "$2"
    return
  fi
  printf '%s: the cluster → dist/\n%s\n' "$environment" "$1" >&2
  if [ -n "${flag_dry_run:-}" ]; then
    tell dry-run ''
    return
  fi
  if [ -z "${flag_yes:-}" ]; then fail 2 'there is no terminal to ask at'; fi
  release "$1" "$2" "$3"
}

deploy() {
  require_cluster
  others=$(git status --porcelain --untracked-files=all -- . ':(exclude)dist' ':(exclude)charts/environments/images')
  if [ -n "$others" ]; then fail 2 "uncommitted: $others"; fi
  file=dist/$environment/workloads/20-apps.yaml
  if [ "$(cat "$file")" != "$(workloads "$environment")" ]; then fail 2 "stale: $file"; fi
  dist=$(quoted <"$file")
  runs=$(last deployed)
  consider "$dist" "$runs" 'Upgrade complete'
}

rollback() {
  require_cluster
  runs=$(last deployed)
  to=
  while read -r line; do
    case $(part "$line" status) in deployed | superseded) ;; *) continue ;; esac
    if [ "$(part "$line" revision)" = "${argument_2:-}" ]; then to=$line; fi
    if [ -z "${argument_2:-}" ] && [ "$(dist_of "$line")" != "$(dist_of "$runs")" ]; then to=$line; fi
  done <"$cluster"
  if [ -z "$to" ]; then fail 2 "rollback: revision ${argument_2:-before this one} is not there"; fi
  if [ "$(dist_of "$runs")" = "$(dist_of "$to")" ]; then runs=$to; fi
  consider "$(dist_of "$to")" "$runs" "Rollback to $(part "$to" revision)"
}

history() {
  require_cluster
  printf '[%s]\n' "$([ ! -f "$cluster" ] || paste -s -d , "$cluster")"
}

apply_secrets() {
  require_cluster
  changed=
  for name in $(env | sed -n 's/^\(SLIPWAY_SECRET_[A-Z0-9_]*\)=.*/\1/p' | sort); do
    hash=$(printenv "$name" | sha256)
    if grep -q -s -x "$name $hash" "$secrets"; then continue; fi
    if [ -f "$secrets" ]; then sed -i "/^$name /d" "$secrets"; fi
    echo "$name $hash" >>"$secrets"
    changed="$changed${changed:+,}\"$name\""
  done
  printf '{"environment":"%s","created":[],"changed":[%s],"generated":[],"rotated":[],"restarted":[%s],"notes":[]}\n' \
    "$environment" "$changed" "${changed:+\"redis\"}"
}

case $command in
  synth | images | pin | diff | deploy | rollback | history) "$command" ;;
  check) echo clean ;;
  drift)
    require_cluster
    echo "$environment is as it was released"
    ;;
  secrets) apply_secrets ;;
  *) refuse "\`slipway $command\` is not played" ;;
esac
