#!/usr/bin/env bats

@test "the fakes know the flags that the pinned programs know" {
  local programs tool
  programs="$(node --require ts-node/register "${BATS_TEST_DIRNAME}/harness/programs.ts")"
  for tool in kubeadm kubectl etcdctl etcdutl helm; do
    PATH="${programs}" type -P "${tool}" >/dev/null || skip "${tool} is not built: npm run verify:cluster builds it"
  done
  diff --unified "${BATS_TEST_DIRNAME}/fakes/flags.tsv" <("${BATS_TEST_DIRNAME}/harness/flags.sh" "${programs}")
}
