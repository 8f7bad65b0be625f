# Docker Compose, read by bin/docker. FAKE_STATE/compose/<project>/<service> holds the id of the image that the service runs.
# A service whose image is called …unhealthy… starts and never gets healthy.
# shellcheck shell=sh disable=SC2154

# Service, tab, image of each service that the files name; the last file wins. A service that is built has no image there.
services() {
  while read -r file; do
    [ -f "$file" ] || fail 1 "open $file: no such file or directory"
    awk '
      /^services:/ { inside = 1; next }
      /^[^ #}]/ { inside = 0 }
      inside && /^  "?[a-z0-9_-]+"?:/ {
        name = $1
        gsub(/[":]/, "", name)
        print name "\t"
      }
      inside && match($0, /image: *"?[^" ,}]+/) {
        image = substr($0, RSTART, RLENGTH)
        sub(/image: *"?/, "", image)
        print name "\t" image
      }' "$file"
  done <<FILES | awk -F '\t' '{ if (!($1 in at)) order[++count] = $1; if ($2 != "" || !($1 in at)) at[$1] = $2 } END { for (i = 1; i <= count; i++) print order[i] "\t" at[order[i]] }'
${all_file:-compose.yaml}
FILES
}

# The services that the arguments name, or all.
chosen() {
  [ "$arguments" -gt 0 ] || {
    known | cut -f 1
    return
  }
  place=1
  while [ "$place" -le "$arguments" ]; do
    eval "name=\$argument_$place"
    known | cut -f 1 | grep -q -x -F "$name" || fail 1 "no such service: $name"
    echo "$name"
    place=$((place + 1))
  done
}

known() {
  printf '%s\n' "$listed"
}

image_id() {
  image=$(known | awk -F '\t' -v name="$1" '$1 == name { print $2 }')
  case $image in sha256:*) printf %s "$image" ;; *) printf 'sha256:%s' "$(printf '%s %s' "$1" "$image" | sha256)" ;; esac
}

up() {
  plays --file --project-name --detach --wait --wait-timeout --build --no-build --no-recreate --remove-orphans --quiet-pull --pull --force-recreate
  [ -n "${flag_detach:-}${flag_wait:-}" ] || refuse 'up without --detach stays in the foreground for ever'
  if [ -n "${flag_remove_orphans:-}" ]; then
    for running in "$project"/*; do
      known | cut -f 1 | grep -q -x -F "${running##*/}" || rm -f "$running"
    done
  fi
  ill=
  names=$(chosen)
  for name in $names; do
    if [ -z "${flag_no_recreate:-}" ] || [ ! -e "$project/$name" ]; then image_id "$name" >"$project/$name"; fi
    ! known | grep "^$name	" | grep -q unhealthy || ill=$name
  done
  [ -z "$ill" ] || [ -z "${flag_wait:-}" ] || fail 1 "container ${project##*/}-$ill-1 is unhealthy"
}

ps_of() {
  plays --file --project-name --services --status --quiet
  [ "${flag_status:-running}" = running ] || refuse "--status $flag_status is not played"
  for running in "$project"/*; do
    [ -e "$running" ] || continue
    [ "$arguments" -eq 0 ] || [ "$argument_1" = "${running##*/}" ] || continue
    if [ -n "${flag_services:-}" ]; then echo "${running##*/}"; else printf '%s/%s\n' "${project##*/}" "${running##*/}" | sha256; fi
  done
}

# `docker inspect --format {{.Image}} CONTAINER`
inspect() {
  takes_arguments 1 1
  [ "${flag_format:-}" = '{{.Image}}' ] || refuse "--format ${flag_format:-(none)}: expected {{.Image}}"
  for running in "$FAKE_STATE"/compose/*/*; do
    [ -e "$running" ] || continue
    if [ "$(printf '%s\n' "${running#"$FAKE_STATE/compose/"}" | sha256)" = "$argument_1" ]; then
      cat "$running"
      echo
      return
    fi
  done
  fail 1 "error: no such object: $argument_1"
}

if [ "$command" = inspect ]; then
  inspect
  exit
fi
project=$FAKE_STATE/compose/${flag_project_name:?the fake wants --project-name: without it, the folder names the project}
mkdir -p "$project"
listed=$(services)
[ -n "$listed" ] || fail 1 'no service selected'
case $command in
  'compose config')
    plays --file --project-name --quiet --services --images
    [ -z "${flag_services:-}" ] || known | cut -f 1
    [ -z "${flag_images:-}" ] || known | cut -f 2 | sed '/^$/d'
    ;;
  'compose up') up ;;
  'compose ps') ps_of ;;
  'compose pull' | 'compose logs') ;;
  'compose down')
    plays --file --project-name --remove-orphans --timeout
    names=$(chosen)
    for name in $names; do rm -f "$project/$name"; done
    ;;
  *) refuse "\`docker $command\` is not played" ;;
esac
