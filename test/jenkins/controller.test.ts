import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';
import { filesIn, temporaryFolder } from '../support/copy';
import { credentialsOf, leavesOf, namesIn, readConfiguration, readJobs } from './casc';
import { ROOT } from './tools';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const configuration = readConfiguration();
const leaves = leavesOf(configuration);
const jobs = readJobs();
const { jenkins, unclassified } = configuration;

describe('the controller', () => {
  it('builds nothing beside the credentials', () => {
    expect(jenkins).toMatchObject({ numExecutors: 0, mode: 'EXCLUSIVE', labelString: '' });
  });

  it('lets agents in by WebSocket alone, and holds them apart from itself', () => {
    expect(jenkins.nodes).toEqual([
      { permanent: expect.objectContaining({ labelString: 'slipway', launcher: { inbound: { webSocket: true } } }) },
    ]);
    expect(jenkins).toMatchObject({ slaveAgentPort: -1, remotingSecurity: { enabled: true } });
    expect(jenkins.crumbIssuer).toHaveProperty('standard');
  });

  it('J20: has the roles admin and users, of which only one may change anything', () => {
    const roles = jenkins.authorizationStrategy.roleBased.roles.global;
    expect(roles.map(({ name, entries }: Record<string, unknown>) => ({ name, entries }))).toEqual([
      { name: 'admin', entries: [{ user: 'admin' }] },
      { name: 'users', entries: [{ group: 'authenticated' }] },
    ]);
    expect(roles[0].permissions).toEqual(['Overall/Administer']);
    expect(roles[1].permissions.sort()).toEqual(['Job/Build', 'Job/Cancel', 'Job/Read', 'Overall/Read', 'View/Read']);
    expect(jenkins.securityRealm.local.allowsSignup).toBe(false);
  });

  it('refuses a start with a missing value, and a build with a secret in a Groovy string', () => {
    const options = DockerfileParser.parse(read('jenkins/controller/Dockerfile'))
      .getENVs()
      .flatMap((env) => env.getProperties())
      .find((property) => property.getName() === 'JAVA_OPTS')
      ?.getValue()
      ?.split(' ');
    expect(options).toEqual(
      expect.arrayContaining([
        '-Dcasc.strict.secret.resolution=true',
        '-Dorg.jenkinsci.plugins.workflow.cps.DSL.UNSAFE_GROOVY_INTERPOLATION=fail',
      ]),
    );
  });
});

describe('the library', () => {
  it('is the only one, untrusted, from this folder, at a version that no Jenkinsfile chooses', () => {
    expect(unclassified).not.toHaveProperty('globalLibraries');
    expect(unclassified.globalUntrustedLibraries.libraries).toEqual([
      expect.objectContaining({
        name: 'slipway',
        allowVersionOverride: false,
        implicit: false,
        retriever: { modernSCM: expect.objectContaining({ libraryPath: 'jenkins/' }) },
      }),
    ]);
    const [library] = unclassified.globalUntrustedLibraries.libraries;
    expect(namesIn(library.defaultVersion)).toEqual(['LIBRARY_VERSION']);
    for (const folder of ['src', 'vars', 'resources'])
      expect(existsSync(join(ROOT, library.retriever.modernSCM.libraryPath, folder))).toBe(true);
  });
});

describe('the jobs', () => {
  const github = 'multibranchPipelineJob(slipway).branchSources.branchSource.source.github';

  it('find main and pull requests, by an id that stays', () => {
    expect(jobs.get(`${github}.id`)).toBe("'slipway'");
    expect(jobs.get(`${github}.traits.headWildcardFilter.includes`)).toBe("'main PR-*'");
  });

  it('run nobody’s Jenkinsfile from a fork', () => {
    expect([...jobs.keys()].filter((key) => key.startsWith(`${github}.traits.gitHubForkDiscovery.trust.`))).toEqual([
      `${github}.traits.gitHubForkDiscovery.trust.gitHubTrustNobody`,
    ]);
  });

  it('look once a day for what no webhook told, and forget branches that are gone', () => {
    expect(jobs.get('multibranchPipelineJob(slipway).triggers.periodicFolderTrigger.interval')).toBe("'1d'");
    expect(jobs.get('multibranchPipelineJob(slipway).orphanedItemStrategy.discardOldItems.daysToKeep')).toBe('14');
  });

  it('take their scripts from this repository', () => {
    const scripts = [...jobs].filter(([key]) => key.endsWith('.scriptPath')).map(([, path]) => path.slice(1, -1));
    expect(scripts).toEqual(['jenkins/Jenkinsfile', 'jenkins/Jenkinsfile.drift']);
    expect(scripts.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('look for drift when Jenkinsfile.drift says, from the first day on', () => {
    const drift = 'pipelineJob(slipway-drift).properties.pipelineTriggers.triggers.cron.spec';
    const [, cron] = /cron\('([^']+)'\)/.exec(read('jenkins/Jenkinsfile.drift')) ?? [];
    expect(jobs.get(drift)).toBe(`'${cron}'`);
  });
});

describe('values of the configuration', () => {
  const { environment, secrets } = parse(read('jenkins/compose.yaml'), { merge: true }).services.controller;

  it('that are secret are never in the configuration, and have no default', () => {
    const secret = leaves.filter(({ path }) =>
      /password|secret$|secretKey|accessKey|privateKey|secretBytes|token$/i.test(path.at(-1) ?? ''),
    );
    expect(secret.length).toBeGreaterThan(8);
    const written = secret.filter(
      ({ value }) => !/^\$\{(readFileBase64:\/run\/secrets\/)?[a-z_]+\}$/.test(String(value)),
    );
    expect(written).toEqual([]);
  });

  it('are what the container is given, and all of that', () => {
    const asked = new Set([
      ...leaves.flatMap(({ value }) => namesIn(String(value))),
      ...[...jobs.values()].flatMap((value) => [...namesIn(value), ...(/^[A-Z_]+$/.exec(value) ?? [])]),
    ]);
    expect([...asked].sort()).toEqual([...Object.keys(environment), ...secrets].sort());
  });

  it('that are files come as files, the others as variables', () => {
    expect(secrets.filter((name: string) => name !== name.toLowerCase())).toEqual([]);
    expect(Object.keys(environment).filter((name) => name !== name.toUpperCase())).toEqual([]);
  });
});

describe('credentials', () => {
  const credentials = credentialsOf(configuration);
  const ids = credentials.map(({ id }) => id).sort();
  const sources = filesIn(join(ROOT, 'jenkins/src'));
  const code = Object.values(sources).join('\n');

  it('are those that docs/jenkins.md has a line of, with their kinds', () => {
    const rows = read('docs/jenkins.md').matchAll(/^\| `([\w-]+)` \| (\w+) \|[^|]+\|[^|]+\|[^|]+\|$/gm);
    expect([...rows].map(([, id, kind]) => `${id}: ${kind}`).sort()).toEqual(
      credentials.map(({ id, kind }) => `${id}: ${kind}`).sort(),
    );
  });

  it('are all that steps ask for where nobody says otherwise', () => {
    const standards = [...code.matchAll(/\b\w*[cC]redentialsId: \[[^\]]*byDefault: '([^']+)'/g)].map(([, id]) => id);
    expect(standards).toContain('git-push');
    expect(standards.filter((id) => !ids.includes(id ?? ''))).toEqual([]);
    const environments = [...read('jenkins/Jenkinsfile').matchAll(/deployTo: \[([^\]]*)\]/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([\w-]+)'/g)].map(([, environment]) => `kubeconfig-${environment}`),
    );
    expect(ids.filter((id) => id.startsWith('kubeconfig-'))).toEqual(environments);
  });

  it('are there for steps, but for two that are the controller’s own', () => {
    const named = (id: string) => code.includes(`'${id.startsWith('kubeconfig-') ? 'kubeconfig-' : id}'`);
    expect(ids.filter((id) => !named(id))).toEqual(['github', 'github-webhook']);
  });

  it('that only the controller uses, no build can bind', () => {
    expect(credentials.filter(({ scope }) => scope === 'SYSTEM').map(({ id }) => id)).toEqual(['github-webhook']);
    expect(unclassified.gitHubPluginConfig.hookSecretConfigs).toEqual([{ credentialsId: 'github-webhook' }]);
  });
});

describe('a configuration', () => {
  it.each([
    ['in a file', { 'a.yaml': 'jenkins: {mode: NORMAL, mode: EXCLUSIVE}\n' }],
    ['in two files', { 'a.yaml': 'jenkins: {}\n', 'b.yaml': 'jenkins: {}\n' }],
  ])('with a key that stands twice %s is refused', (_, files) => {
    const folder = temporaryFolder();
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
    expect(() => readConfiguration(folder)).toThrow();
  });
});
