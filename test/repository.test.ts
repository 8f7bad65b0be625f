/** Gates of the repository that are configuration, each with a planted fault that it has to catch. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import execa from 'execa';
import { satisfies } from 'semver';
import { copyOfRepository } from './support/copy';

const root = join(__dirname, '..');

describe('the arrows', () => {
  const cruise = (cwd: string) => execa.sync('npm', ['run', '--silent', 'arrows'], { cwd, reject: false });

  it.each([
    [
      'an application that imports a store',
      'charts/apps/hello.ts',
      "import '../stores/redis';",
      'not-in-allowed: charts/apps/hello.ts → charts/stores/redis.ts',
    ],
    [
      'a tool that knows a chart',
      'tools/render/order.ts',
      "import '../../charts/lib/naming';",
      'not-in-allowed: tools/render/order.ts → charts/lib/naming.ts',
    ],
    [
      'a building block that knows an environment',
      'charts/lib/naming.ts',
      "import '../environments/production';",
      'not-in-allowed: charts/lib/naming.ts → charts/environments/production.ts',
    ],
    ['a circle', 'charts/lib/naming.ts', "import './workload';", 'no-circles'],
    ['a test inside the product', 'charts/lib/naming.ts', "import '../../test/support/web';", 'no-tests'],
    ['a package that only tests have', 'charts/lib/naming.ts', "import 'fast-check';", 'no-development-packages'],
    ['a package that nobody declared', 'charts/lib/naming.ts', "import 'fast-deep-equal';", 'no-undeclared-packages'],
  ])(
    'catch %s',
    (_, file, line, finding) => {
      const copy = copyOfRepository();
      const path = join(copy, file);
      writeFileSync(path, `${line}\n${readFileSync(path, 'utf8')}`);
      const { exitCode, stdout } = cruise(copy);
      expect(exitCode).not.toBe(0);
      expect(stripVTControlCharacters(stdout)).toContain(finding);
    },
    60_000,
  );
});

describe('lint', () => {
  it('catches an any', () => {
    const copy = copyOfRepository();
    writeFileSync(join(copy, 'charts/lib/loose.ts'), 'export const loose = (value: any): unknown => value;\n');
    const { exitCode, stdout, stderr } = execa.sync(
      'npx',
      ['biome', 'check', '--vcs-enabled=false', 'charts/lib/loose.ts'],
      { cwd: copy, reject: false },
    );
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).toContain('noExplicitAny');
  }, 60_000);
});

describe('the update bot', () => {
  const { customManagers } = JSON.parse(readFileSync(join(root, 'renovate.json'), 'utf8'));

  it.each(['redis', 'mysql'])('finds release and digest of %s where it stands', (store) => {
    const source = readFileSync(join(root, `charts/stores/${store}.ts`), 'utf8');
    const [match] = source.matchAll(new RegExp(customManagers[0].matchStrings[0], 'g'));
    expect(match?.groups).toMatchObject({
      depName: store,
      currentValue: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      currentDigest: expect.stringMatching(/^sha256:/),
    });
  });
});

describe('the lock file', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<
      string,
      { resolved?: string; engines?: { node?: string }; optionalDependencies?: Record<string, string> }
    >;
  };

  it('carries no download addresses: whoever installs uses the registry that they trust', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
  });

  it('holds the binaries of every platform: what is missing here fails somebody else’s `npm ci`', () => {
    const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it('admits the oldest Node that the project does', () => {
    const refusing = Object.entries(packages).filter(
      ([, { engines }]) => engines?.node && !satisfies('20.19.0', engines.node),
    );
    expect(refusing.map(([path]) => path)).toEqual([]);
  });
});
