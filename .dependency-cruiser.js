/** The house's arrows: what may import what. Everything that is not allowed here is forbidden. */
const ALLOWED = [
  // from, to. Charts share with judges the words for talks and secrets: tools/render/inventory.ts.
  ['^main\\.ts$', '^(charts|cluster/(specs|render|versions)|tools/(cli/errors|parse|render))'],
  [
    '^charts/assemble\\.ts$',
    '^(charts/(environments/(environment|workload|schema)|lib|platform)|tools/(parse|render))',
  ],
  ['^charts/environments/index\\.ts$', '^charts/environments/'],
  [
    '^charts/environments/(schema|workload|environment)\\.ts$',
    '^(charts/environments/(schema|workload)|cluster/spec\\.ts|tools/(parse/|render/inventory\\.ts))',
  ],
  [
    '^charts/environments/(?!schema|workload|environment|index)',
    '^(charts/(apps|stores|environments/(environment\\.ts|images/))|cluster/specs/)',
  ],
  ['^charts/(apps|stores)/', '^(charts/(lib|environments/(schema|workload))|tools/parse/)'],
  ['^charts/platform/', '^(charts/(lib|environments/(schema|workload))|tools/parse/)'],
  [
    '^charts/lib/',
    '^(charts/(lib/|environments/(schema|workload|environment)\\.ts)|tools/(parse/|render/inventory\\.ts))',
  ],
  // What a cluster is, then its rules, then what is rendered of it; a specification imports nothing but the reader.
  ['^cluster/(build|schema|versions|machines)\\.ts$', '^(cluster/(build|schema)\\.ts|tools/parse/)'],
  ['^cluster/rules/', '^(cluster/(rules/|schema\\.ts|machines\\.ts|versions\\.ts)|tools/parse/)'],
  ['^cluster/spec\\.ts$', '^(cluster/(rules/|schema\\.ts)|tools/parse/)'],
  ['^cluster/specs/(?!index)', '^cluster/spec\\.ts$'],
  ['^cluster/specs/index\\.ts$', '^cluster/(specs/|spec\\.ts)'],
  ['^cluster/pins/', '^(cluster/pins/|tools/parse/)'],
  ['^cluster/plan\\.ts$', '^cluster/machines\\.ts$'],
  [
    '^cluster/render/',
    '^(cluster/(render/|pins/|plan\\.ts|rules/cidr\\.ts|schema|build|versions|machines)|tools/(parse/|render/order\\.ts))',
  ],
  ['^cluster/lint/', '^(cluster/(lint/|render/failover\\.ts)|tools/parse/)'],
  ['^cluster/cli/', '^(cluster/|tools/(parse|cli/(errors|exit-codes|colours)))'],
  ['^tools/parse/', '^tools/parse/'],
  ['^tools/render/', '^tools/(render|manifests|parse)/'],
  ['^tools/manifests/', '^tools/(manifests/|parse/|render/order\\.ts)'],
  ['^tools/check/', '^tools/(check/|manifests/|parse/|render/(order|inventory)\\.ts)'],
  ['^tools/diff/', '^tools/(diff/|manifests/|parse/|render/(order|inventory)\\.ts)'],
  ['^tools/deploy/', '^tools/(deploy/|diff/|manifests/|parse/|check/secrets/|render/(order|inventory)\\.ts)'],
  ['^tools/cli/', '^(tools|main\\.ts|charts|cluster)'],
  // Services import nothing outside app. What the page carries of the chat is its words; feeds know no store; stores know no use case.
  ['^app/common/', '^app/common/'],
  ['^app/hello/', '^app/(hello|common)/'],
  ['^app/chat/src/(client|events\\.ts)', '^app/chat/src/(client/|events\\.ts)'],
  ['^app/chat/src/page/', '^app/chat/src/(page/|client/|events\\.ts)'],
  ['^app/chat/src/(fanout|presence)/', '^app/chat/src/(fanout|presence|stores/redis|events\\.ts)'],
  ['^app/chat/src/stores/', '^app/(common/|chat/src/(stores|fanout|presence)/|chat/src/(events|settings)\\.ts)'],
  ['^app/chat/src/(?!client|page|events|fanout|presence|stores)', '^app/(common/|chat/src/(?!client|page))'],
];

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: '^(main\\.ts|tools/cli/bin\\.js|app/[^/]+/src/main\\.ts|app/[^/]+/src/page/main\\.ts)$',
      },
      to: {},
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      // The page is bundled: what it needs is nowhere at run time.
      from: { pathNot: '^app/chat/src/(client|page)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
  ],
  allowedSeverity: 'error',
  allowed: [
    ...ALLOWED.map(([from, to]) => ({ from: { path: from }, to: { path: to } })),
    { from: {}, to: { pathNot: '^(main\\.ts|charts|cluster|tools|app/[^/]+/src|test)' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'types'] },
  },
};
