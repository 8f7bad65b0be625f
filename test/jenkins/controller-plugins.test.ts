import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialsOf, readConfiguration } from './casc';
import { BEYOND, CORE, pluginOf, readPlugins, stepsOfLibrary, stepsOfScript } from './plugins';
import { ROOT } from './tools';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const configuration = readConfiguration();
const list = readPlugins();
const plugins = new Set(list.map(({ artifactId }) => artifactId));

/** Which plugin reads a part of the configuration. */
const READERS: Readonly<Record<string, string>> = {
  jenkins: CORE,
  'jenkins.authorizationStrategy.roleBased': 'role-strategy',
  security: CORE,
  'security.globalJobDslSecurityConfiguration': 'job-dsl',
  'unclassified.location': CORE,
  'unclassified.mailer': 'mailer',
  'unclassified.gitHubPluginConfig': 'github',
  'unclassified.globalUntrustedLibraries': 'pipeline-groovy-lib',
  credentials: 'credentials',
  jobs: 'job-dsl',
};
/** Which plugin brings a kind of credential. */
const KINDS: Readonly<Record<string, string>> = {
  gitHubApp: 'github-branch-source',
  usernamePassword: 'credentials',
  string: 'plain-credentials',
  file: 'plain-credentials',
  aws: 'aws-credentials',
};

describe('plugins', () => {
  const vars = readdirSync(join(ROOT, 'jenkins/vars'))
    .filter((file) => file.endsWith('.groovy'))
    .map((file) => file.replace('.groovy', ''));
  const scripts = ['Jenkinsfile', 'Jenkinsfile.drift', ...vars.map((step) => `vars/${step}.groovy`)];
  const named = [...stepsOfLibrary(), ...scripts.flatMap((file) => [...stepsOfScript(read(`jenkins/${file}`))])];
  const used = new Set(named.filter((step) => !vars.includes(step)));

  it('are pinned, each once', () => {
    // A version that YAML takes for a number loses its last zero.
    expect(list.filter(({ source }) => !/^\d[\w.]*$/.test(source.version)).map(({ artifactId }) => artifactId)).toEqual(
      [],
    );
    expect(list.filter(({ source }) => typeof source.version !== 'string')).toEqual([]);
    expect(list.length).toBe(plugins.size);
  });

  it('bring every step that the library and the Jenkinsfiles use', () => {
    const missing = [...used].filter((step) => {
      const plugin = pluginOf(step);
      return plugin === undefined || (plugin !== CORE && !plugins.has(plugin));
    });
    expect(missing).toEqual([]);
  });

  it('read every part of the configuration', () => {
    const parts = ['security', 'unclassified'].flatMap((root) =>
      Object.keys(configuration[root]).map((key) => `${root}.${key}`),
    );
    expect(Object.keys(configuration).sort()).toEqual(['credentials', 'jenkins', 'jobs', 'security', 'unclassified']);
    const reader = (part: string) => READERS[part] ?? READERS[part.replace(/\..*/, '')];
    expect(parts.filter((part) => reader(part) === undefined)).toEqual([]);
    const readers = [...Object.values(READERS), ...credentialsOf(configuration).map(({ kind }) => KINDS[kind] ?? kind)];
    expect(readers.filter((plugin) => plugin !== CORE && !plugins.has(plugin))).toEqual([]);
  });

  it('are there for something', () => {
    const needed = new Set([
      ...[...used].map((step) => pluginOf(step)),
      ...Object.values(READERS),
      ...credentialsOf(configuration).map(({ kind }) => KINDS[kind]),
      ...Object.keys(BEYOND),
    ]);
    expect([...plugins].filter((plugin) => !needed.has(plugin))).toEqual([]);
  });
});
