import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REGISTER_INSTANCE, type Service } from 'ts-node';
import { Refused } from '../../../tools/parse/parse';
import { checkTypes } from '../../../tools/render/type-check';
import { temporaryFolder } from '../../support/copy';

jest.setTimeout(120_000);

const GOOD = 'export const port: number = 80;\n';
const MISTYPED = "export const name: string = 'chat';\nexport const port: number = '80';\n";

/** A project of these files; the first one is what its tsconfig names. Returns the tsconfig's path. */
function project(files: Record<string, string>, options: object = {}): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
  const tsconfig = join(folder, 'tsconfig.check.json');
  const compilerOptions = { strict: true, types: [], lib: ['es5'], skipLibCheck: true, module: 'node16', ...options };
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files: [Object.keys(files)[0]] }));
  return tsconfig;
}

/** What a project is refused with; fails where it passes. */
async function refusal(tsconfig: string): Promise<unknown> {
  try {
    await checkTypes(tsconfig);
  } catch (error) {
    return error;
  }
  throw new Error('the project passed');
}

describe('a project', () => {
  it('without a fault passes', async () => {
    await expect(checkTypes(project({ 'good.ts': GOOD }))).resolves.toBeUndefined();
  });

  it('with a mistyped field is refused with file and line', async () => {
    expect(await refusal(project({ 'bad.ts': MISTYPED }))).toMatchObject({
      name: 'Refused',
      faults: [expect.stringMatching(/^bad\.ts\(2,14\): error TS2322: .*'string' is not assignable to type 'number'/)],
    });
  });

  it('with a misspelt field is refused: at run time it would be dropped without a word', async () => {
    const misspelt = 'export const spec: { replicas?: number } = {\n  replica: 1,\n};\n';
    expect(await refusal(project({ 'bad.ts': misspelt }))).toMatchObject({
      faults: [expect.stringMatching(/^bad\.ts\(2,3\): .*'replicas'/)],
    });
  });

  it('with several faults is refused with all of them, a fault each', async () => {
    const faults = `${MISTYPED}export const host: string = 1;\n`;
    expect(await refusal(project({ 'bad.ts': faults }))).toMatchObject({
      faults: [expect.stringContaining('bad.ts(2,14)'), expect.stringContaining('bad.ts(3,14)')],
    });
  });

  it('that likes its faults pretty is refused with plain lines all the same: they end in a log', async () => {
    expect(await refusal(project({ 'bad.ts': MISTYPED }, { pretty: true }))).toMatchObject({
      faults: [expect.stringMatching(/^bad\.ts\(2,14\): error/)],
    });
  });

  it('is checked through every file that it imports', async () => {
    const files = { 'main.ts': "export * from './part';\n", 'part.ts': MISTYPED };
    expect(await refusal(project(files))).toMatchObject({ faults: [expect.stringContaining('part.ts(2,14)')] });
  });

  it('is not blamed for files that nobody imports: a synth is not a lint', async () => {
    await expect(checkTypes(project({ 'main.ts': GOOD, 'draft.ts': MISTYPED }))).resolves.toBeUndefined();
  });

  it('gets no compiled files beside its sources', async () => {
    const tsconfig = project({ 'good.ts': GOOD });
    await checkTypes(tsconfig);
    expect(existsSync(join(dirname(tsconfig), 'good.js'))).toBe(false);
  });

  it('whose tsconfig is broken is refused with what the compiler says of it', async () => {
    const tsconfig = project({ 'good.ts': GOOD });
    writeFileSync(tsconfig, '{ "files": ["absent.ts"] }');
    expect(await refusal(tsconfig)).toMatchObject({ name: 'Refused', message: expect.stringContaining('absent.ts') });
  });

  it('is refused with what the compiler says before it dies: an empty refusal helps nobody', async () => {
    const node = process.execPath;
    const dying = join(temporaryFolder(), 'node');
    writeFileSync(dying, '#!/bin/sh\necho out of memory >&2\nexit 134\n', { mode: 0o755 });
    process.execPath = dying;
    const refused = await refusal(project({ 'good.ts': GOOD })).finally(() => {
      process.execPath = node;
    });
    expect(refused).toEqual(new Refused(['out of memory']));
  });

  it('is not blamed where the compiler could not be started', async () => {
    expect(await refusal(join(temporaryFolder(), 'absent', 'tsconfig.check.json'))).not.toBeInstanceOf(Refused);
  });
});

describe('beside a ts-node', () => {
  const before = process[REGISTER_INSTANCE];
  afterEach(() => {
    process[REGISTER_INSTANCE] = before;
  });

  const registerWith = (options: Partial<Service['options']>) => {
    process[REGISTER_INSTANCE] = { options } as Service;
  };

  it('that checks types itself, the check is left to it: twice would be waste', async () => {
    registerWith({});
    await expect(checkTypes(project({ 'bad.ts': MISTYPED }))).resolves.toBeUndefined();
  });

  it.each(['swc', 'transpileOnly'] as const)('that only strips types (%s), the check runs', async (option) => {
    registerWith({ [option]: true });
    expect(await refusal(project({ 'bad.ts': MISTYPED }))).toBeInstanceOf(Refused);
  });
});
