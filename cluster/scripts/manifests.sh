# shellcheck shell=bash
# Add-ons as addons/manifests.tsv lists them, in its order: what is downloaded, what to wait for, what is our own.
# Sourced after lib.sh, download.sh, programs.sh and api.sh.

# Columns: step, name, how, namespace, wait, own. `-` stands for nothing.
#   apply_step network|addons
apply_step() {
  local step name how namespace wait own
  while IFS=$'\t' read -r step name how namespace wait own <&3; do
    [[ "${step}" == "$1" ]] || continue
    case "${how}" in
      manifest) apply_addon "${name}" "${namespace}" "${wait}" "${own}" ;;
      chart) release_chart "${name}" "${namespace}" "${own}" ;;
      *) refuse "addons/manifests.tsv: ${name} is brought by ${how}; expected manifest or chart" ;;
    esac
  done 3<"${NODE}/../../addons/manifests.tsv"
}

# A dry run downloads nothing: what is not here yet would be applied.
download_of() {
  if [[ "${DRY_RUN}" == true ]]; then cached_file "$1"; else fetch "$1"; fi
}

apply_addon() {
  local name="$1" namespace="$2" wait="$3" own="$4" file
  file="$(download_of "${name}")"
  apply_manifest "${name}" "${file}"
  [[ "${wait}" == - ]] || require_rollout "${name}" "${namespace}" "${wait}"
  [[ "${own}" == - ]] || apply_own "${own}"
}

require_rollout() {
  local name="$1" namespace="$2" wait="$3"
  [[ "${DRY_RUN}" == false ]] || return 0
  kube --namespace "${namespace}" rollout status "${wait}" --timeout 5m && return
  diagnose_pods "${namespace}"
  refuse "${name}: ${wait} did not become ready in 5 minutes; expected it to. See above"
}

# Webhooks answer, and kinds are known, some seconds after their controller runs: hence the tries.
apply_own() {
  local file="${NODE}/../../addons/$1"
  manifest_differs "${file}" || return 0
  change "apply $1" await 60 "the cluster to take addons/$1" put_manifest "${file}"
}

# The release carries the hash of what it was made from: equal hash, nothing to do.
release_chart() {
  local name="$1" namespace="$2" values="${NODE}/../../addons/$3" chart made_from
  install_helm
  chart="$(download_of "${name}")"
  made_from="$({ cat "${chart}" "${values}" 2>/dev/null || true; } | sha256sum | cut --characters 1-32)"
  [[ "$(released_with "${name}" "${namespace}" "${made_from}")" == "${name}" ]] ||
    change "release ${name}" helm_release "${name}" "${namespace}" "${chart}" "${values}" "${made_from}"
}

install_helm() {
  local version
  version="$(version_of helm)"
  [[ "$(helm version --template '{{.Version}}' 2>/dev/null)" == "v${version}" ]] ||
    change "install helm ${version}" unpack_programs helm helm
}

released_with() {
  helm list --kubeconfig "${ADMIN_CONF}" --namespace "$2" --deployed --short --selector "made-from=$3" 2>/dev/null || true
}

helm_release() {
  helm upgrade "$1" "$3" --install --kubeconfig "${ADMIN_CONF}" --namespace "$2" --create-namespace \
    --values "$4" --labels "made-from=$5" --wait --timeout 10m
}

# What a person would look at first: pods that are not well, and the last things that happened.
diagnose_pods() {
  {
    kube --namespace "$1" get pods --output wide || true
    kube --namespace "$1" get events --sort-by .lastTimestamp | tail -n 15 || true
  } >&2
}
