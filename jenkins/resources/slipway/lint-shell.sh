#!/usr/bin/env bash
# Shellcheck on every shell script that git knows: by its ending, or by its first line.
set -o errexit -o nounset -o pipefail

# A file that does not say which shell it is for is read as POSIX sh.
named=() unnamed=()
while IFS= read -r -d '' file; do
  [ -f "${file}" ] || continue
  IFS= read -r line <"${file}" 2>/dev/null || line=''
  if [[ "${line}" =~ ^#!.*[/\ ](ba|da|k)?sh( |$) ]] || { [[ "${file}" == *.sh ]] && [[ "${line}" =~ ^#(!|\ shellcheck\ shell=) ]]; }; then
    named+=("${file}")
  elif [[ "${file}" == *.sh ]]; then
    unnamed+=("${file}")
  fi
done < <(git ls-files -z)

if [ "$((${#named[@]} + ${#unnamed[@]}))" -eq 0 ]; then
  echo 'lint shell: nothing to do, git knows no shell script'
  exit
fi
printf 'lint shell: %s\n' "${named[@]}" "${unnamed[@]}"
code=0
[ "${#named[@]}" -eq 0 ] || shellcheck "${named[@]}" || code=$?
[ "${#unnamed[@]}" -eq 0 ] || shellcheck --shell=sh "${unnamed[@]}" || code=$?
exit "${code}"
