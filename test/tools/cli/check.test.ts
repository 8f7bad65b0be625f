import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfRepository, plant, run, temporaryFolder } from '../../support/copy';

jest.setTimeout(180_000);

const ROOT = join(__dirname, '../../..');
const SAMPLES = join('test', 'samples');

/** The real command, in the repository itself. */
const check = (...args: string[]) => run(ROOT, 'node', 'tools/cli/bin.js', 'check', ...args);
const checkIn = (folder: string, ...args: string[]) => run(folder, 'node', 'tools/cli/bin.js', 'check', ...args);

/** A folder that holds one file. */
function folderWith(name: string, text: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), text);
  return folder;
}

describe('check without arguments', () => {
  it('judges every environment of dist/ and finds nothing', async () => {
    const { exitCode, stdout } = await check();
    expect(stdout.match(/^dist\/\w+: .* no finding/gm)).toHaveLength(3);
    expect(exitCode).toBe(0);
  });

  it('ends with 1 where there is a finding, and shows file, line, object, field, fault and cure', async () => {
    const copy = copyOfRepository();
    plant(copy, 'dist/lab/workloads/20-hello.yaml', 'targetPort: http', 'targetPort: htpp');
    const { exitCode, stdout } = await checkIn(copy);
    expect(stdout).toMatch(
      /^dist\/lab\/workloads\/20-hello\.yaml:\d+ {2}Service\/chat\/hello\n {2}references\/target-ports {2}spec\.ports\[0\]\.targetPort: htpp is no TCP port of hello; expected `http \(5000\)`$/m,
    );
    expect(exitCode).toBe(1);
  });

  it('says that immutable fields are not judged outside of git', async () => {
    expect((await checkIn(copyOfRepository())).stdout).toContain('not judged  immutability/fields');
  });

  it('compares immutable fields with the revision that is asked for', async () => {
    const { stdout } = await check('--base', 'no-such-revision');
    expect(stdout).toContain('git knows no revision "no-such-revision"');
  });
});

describe('what cannot be judged ends with 2:', () => {
  it.each<[string, () => string, string]>([
    ['an empty folder', temporaryFolder, 'holds no manifest'],
    ['a folder without manifests', () => folderWith('notes.txt', 'kind: Service'), 'holds no manifest'],
    ['broken YAML, with file and line', () => folderWith('a.yaml', 'a: 1\nb: [\n'), 'a.yaml:3: '],
    ['YAML that is no object, with its document', () => folderWith('a.yaml', '---\nkind: A\n'), 'a.yaml: document 1 '],
    ['a folder that is not there', () => join(temporaryFolder(), 'nowhere'), 'there is no such folder'],
    ['a file', () => join(folderWith('a.yaml', 'a: 1'), 'a.yaml'), 'is a file; expected a folder'],
  ])('%s', async (_, folder, words) => {
    const { exitCode, stdout, stderr } = await check(folder());
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  it.each([
    ['two formats at once', ['--json', '--sarif']],
    ['one inventory for two folders', ['--inventory', 'dist/inventory/lab.json', 'dist/lab', 'dist/kind']],
    ['an inventory that is not there', ['--inventory', 'nowhere.json', 'dist/lab']],
    ['a list of exemptions that is not there', ['--exemptions', 'nowhere.yaml', 'dist/lab']],
  ])('%s', async (_, args) => {
    const { exitCode, stdout } = await check(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('a folder of anybody', () => {
  it('is judged by the newest minor, and what had no answer is said', async () => {
    const { exitCode, stdout } = await check(join(SAMPLES, 'clean'));
    expect(stdout).toContain('not judged  capacity/nodes: without an inventory');
    expect(exitCode).toBe(0);
  });

  it('may have its inventory elsewhere', async () => {
    const { stdout } = await check('--inventory', 'dist/inventory/production.json', join(SAMPLES, 'clean'));
    expect(stdout).toContain('references/secret-contract');
    expect(stdout).not.toContain('not judged  capacity/nodes');
  });
});

describe('exemptions', () => {
  const entry = (object: string) =>
    `- check: references/target-ports\n  object: ${object}\n  reason: the port is opened by hand, for this test\n`;

  it('excuse a finding and are counted', async () => {
    const copy = copyOfRepository();
    plant(copy, 'dist/lab/workloads/20-hello.yaml', 'targetPort: http', 'targetPort: htpp');
    writeFileSync(
      join(copy, 'exemptions.yaml'),
      readFileSync(join(copy, 'exemptions.yaml'), 'utf8') + entry('Service/chat/hello'),
    );
    const { exitCode, stdout } = await checkIn(copy);
    expect(stdout).toMatch(/dist\/lab: .* no finding, \d+ exempted/);
    expect(exitCode).toBe(0);
  });

  it('that excuse nothing fail the check of everything, and are named', async () => {
    const copy = copyOfRepository();
    writeFileSync(
      join(copy, 'exemptions.yaml'),
      readFileSync(join(copy, 'exemptions.yaml'), 'utf8') + entry('Service/chat/gone'),
    );
    const { exitCode, stderr } = await checkIn(copy);
    expect(stderr).toContain('references/target-ports of Service/chat/gone excuses nothing any more; remove the entry');
    expect(exitCode).toBe(1);
  });

  it('may go unused where only a part of dist/ is judged', async () => {
    expect((await check(join('dist', 'kind'))).exitCode).toBe(0);
  });

  it('of dist/ excuse nothing in the folders of others', async () => {
    const copy = copyOfRepository();
    mkdirSync(join(copy, 'other'));
    writeFileSync(
      join(copy, 'other', 'role.yaml'),
      readFileSync(join(copy, 'dist/production/platform/20-access.yaml')),
    );
    const { stdout } = await checkIn(copy, 'other');
    expect(stdout).toContain('hardening/rbac-secrets');
  });
});

describe('the formats', () => {
  it('--json gives verdicts with findings', async () => {
    const { stdout } = await check('--json', join(SAMPLES, 'operators'));
    const [verdict] = JSON.parse(stdout).verdicts;
    expect(verdict.findings[0]).toMatchObject({ check: 'schema/shape', path: 'spec.schedule', wrong: 'is missing' });
  });

  it('--sarif gives results with their lines', async () => {
    const { stdout } = await check('--sarif', join(SAMPLES, 'operators'));
    const [{ physicalLocation }] = JSON.parse(stdout).runs[0].results[0].locations;
    expect(physicalLocation.artifactLocation.uri).toBe('test/samples/operators/resources.yaml');
    expect(physicalLocation.region.startLine).toBeGreaterThan(10);
  });

  it('--list prints the table that docs/checks.md carries', async () => {
    const { stdout } = await check('--list');
    expect(readFileSync(join(ROOT, 'docs/checks.md'), 'utf8')).toContain(`${stdout}\n`);
  });
});
