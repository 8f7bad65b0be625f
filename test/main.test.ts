import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa, { type ExecaReturnValue } from 'execa';
import { copyOfRepository, filesIn, plant, run } from './support/copy';

jest.setTimeout(240_000);

const CHART = 'charts/lib/web-app-objects.ts';

const synth = (copy: string) => run(copy, 'node', '--require', 'ts-node/register', 'main.ts');
const cdk8sSynth = (copy: string) => run(copy, 'npx', '--no-install', 'cdk8s', 'synth', '--check-upgrade=false');
const dist = (copy: string) => filesIn(join(copy, 'dist'));

/** A copy in which a synth would write every manifest again, and remove one. */
function edited(): string {
  const copy = copyOfRepository();
  for (const path of Object.keys(dist(copy)).filter((path) => path.endsWith('.yaml')))
    writeFileSync(join(copy, 'dist', path), '# edited by hand\n', { flag: 'a' });
  const stale = { environment: 'stale', objects: [{ file: 'old.yaml' }] };
  writeFileSync(join(copy, 'dist/inventory/stale.json'), JSON.stringify(stale));
  return copy;
}

/** Where a text stands in a file, as the compiler names it: `file(line,`. */
function place(copy: string, file: string, text: string): string {
  const before = readFileSync(join(copy, file), 'utf8').split(text)[0] ?? '';
  return `${file}(${before.split('\n').length},`;
}

describe('two runs', () => {
  let here: Record<string, string>;
  let there: string;
  beforeAll(async () => {
    const copy = copyOfRepository();
    rmSync(join(copy, 'dist'), { recursive: true });
    await synth(copy);
    here = dist(copy);

    there = copyOfRepository();
    rmSync(join(there, 'dist'), { recursive: true });
    const env = { TZ: 'Pacific/Auckland', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
    await execa('npx', ['--no-install', 'cdk8s', 'synth', '--check-upgrade=false'], { cwd: there, env });
  });

  it('give the same bytes, in whatever folder, time zone, language and by whichever command', () => {
    expect(dist(there)).toEqual(here);
  });

  it('give something', () => {
    expect(Object.keys(here).length).toBeGreaterThan(3);
  });

  it('of `cdk8s synth` leave in its own folder what is in dist/: reviewers may use either', () => {
    expect(filesIn(join(there, '.cdk8s'))).toEqual(here);
  });
});

describe('a chart that throws', () => {
  let copy: string;
  let before: Record<string, string>;
  let plain: ExecaReturnValue;
  let byCdk8s: ExecaReturnValue;
  const after: Record<string, string>[] = [];
  beforeAll(async () => {
    copy = edited();
    // Not the first environment's: by then the others are rendered and could have been written.
    plant(
      copy,
      'charts/assemble.ts',
      'checkStorage(env',
      "if (environment.name === 'lab') throw new Error('planted');\n  checkStorage(env",
    );
    before = dist(copy);
    plain = await synth(copy);
    after.push(dist(copy));
    byCdk8s = await cdk8sSynth(copy);
    after.push(dist(copy));
  });

  it('leaves dist/ as it was, byte for byte', () => {
    expect(after[0]).toEqual(before);
  });

  it('ends the process with code 1 and the stack', () => {
    expect(plain).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^Error: planted\n +at assemble /) });
  });

  it('leaves dist/ as it was under `cdk8s synth` too, which empties its output folder beforehand', () => {
    expect(after[1]).toEqual(before);
  });

  it('fails `cdk8s synth`', () => {
    expect(byCdk8s.exitCode).not.toBe(0);
  });

  it('leaves nothing in the folder of `cdk8s synth`', () => {
    expect(existsSync(join(copy, '.cdk8s')) ? filesIn(join(copy, '.cdk8s')) : {}).toEqual({});
  });
});

describe('a field of a Kubernetes object that cdk8s would drop without a word', () => {
  let copy: string;
  let before: Record<string, string>;
  let result: ExecaReturnValue;
  beforeAll(async () => {
    copy = edited();
    plant(copy, CHART, 'minReadySeconds: 5,', 'minReadySeconds: 5,\n      replica: 1,');
    plant(copy, CHART, 'minReplicas: min,', "minReplicas: 'two',");
    plant(
      copy,
      'charts/assemble.ts',
      'checkStorage(env',
      "if (environment) throw new Error('planted');\n  checkStorage(env",
    );
    before = dist(copy);
    result = await synth(copy);
  });

  it('stops the synth with file and line where it is misspelt', () => {
    const lines = result.stderr.split('\n').filter((line) => line.startsWith(place(copy, CHART, 'replica: 1')));
    expect(lines).toEqual([expect.stringContaining("'replica' does not exist in type 'DeploymentSpec'")]);
  });

  it('stops the synth with file and line where it is mistyped', () => {
    const lines = result.stderr.split('\n').filter((line) => line.startsWith(place(copy, CHART, "minReplicas: 'two'")));
    expect(lines).toEqual([expect.stringContaining("'string' is not assignable to type 'number'")]);
  });

  it('is told instead of what the charts made of it at run time', () => {
    expect(result.stderr).not.toContain('planted');
  });

  it('is told without the stack of the synth: that says nothing about the field', () => {
    expect(result.stderr).not.toMatch(/^ +at /m);
  });

  it('ends the process with code 1', () => {
    expect(result.exitCode).toBe(1);
  });

  it('leaves dist/ as it was, byte for byte', () => {
    expect(dist(copy)).toEqual(before);
  });
});

describe('faults in several environments', () => {
  it('are told together: whoever mends one sees the others', async () => {
    const copy = copyOfRepository();
    for (const name of ['kind', 'lab']) plant(copy, `charts/environments/${name}.ts`, 'port: 30008', 'port: 80');
    const { stderr } = await synth(copy);
    expect(stderr.split('\n').map((line) => line.split(':')[0])).toEqual([
      'kind.hello.expose.port',
      'lab.hello.expose.port',
    ]);
  });
});

describe('two clusters in one network with one VRRP id', () => {
  it('stop the synth: their balancers would take each other for peers', async () => {
    const copy = copyOfRepository();
    plant(copy, 'cluster/specs/lab.ts', "vip: '192.0.2.90',", "vip: '192.0.2.90',\n      virtualRouterId: 7,");
    const twin = readFileSync(join(copy, 'cluster/specs/lab.ts'), 'utf8').replaceAll("'lab'", "'twin'");
    writeFileSync(join(copy, 'cluster/specs/twin.ts'), twin);
    plant(
      copy,
      'cluster/specs/index.ts',
      "import { lab } from './lab';",
      "import { lab } from './lab';\nimport { lab as twin } from './twin';",
    );
    plant(copy, 'cluster/specs/index.ts', 'kind, lab]', 'kind, lab, twin]');
    const { stderr, exitCode } = await synth(copy);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/^cluster twin\.build\.balancing\.virtualRouterId: 7 is cluster lab's, too/),
    ]);
  });
});

describe('stale files', () => {
  const ask = (copy: string, ...names: string[]) => {
    const script = `require('./main.ts').staleFiles(${JSON.stringify(names)}).then((files) => console.log(JSON.stringify(files)))`;
    return run(copy, 'node', '--require', 'ts-node/register', '--eval', script);
  };

  it('are those that a synth would write or remove, and stay as they are', async () => {
    const copy = copyOfRepository();
    await synth(copy);
    plant(copy, 'dist/lab/workloads/20-chat.yaml', 'apiVersion', '# edited\napiVersion');
    writeFileSync(
      join(copy, 'dist/inventory/stale.json'),
      JSON.stringify({ environment: 'stale', objects: [{ file: 'old.yaml' }] }),
    );
    const before = dist(copy);
    expect(JSON.parse((await ask(copy)).stdout)).toEqual(['lab/workloads/20-chat.yaml', 'inventory/stale.json']);
    expect(JSON.parse((await ask(copy, 'kind')).stdout)).toEqual([]);
    expect(dist(copy)).toEqual(before);
  });

  it('are nobody’s to name where types are wrong', async () => {
    const copy = copyOfRepository();
    plant(copy, CHART, 'minReadySeconds: 5,', 'minReadySecond: 5,');
    const { exitCode, stderr } = await ask(copy);
    expect([exitCode, stderr.includes("'minReadySecond'")]).toEqual([1, true]);
  });
});
