import { existsSync, mkdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import execa from 'execa';
import { filesIn, temporaryFolder } from '../support/copy';
import { ROOT, type Tool, writeTools } from './tools';
import { sha256, useVendor } from './vendor';

const vendor = useVendor();

/** An archive that holds one program, made by the command that makes such archives. */
async function pack(member: string, command: string, ...words: readonly string[]): Promise<Buffer> {
  const folder = temporaryFolder();
  mkdirSync(dirname(join(folder, member)), { recursive: true });
  writeFileSync(join(folder, member), `#!/bin/sh\necho ${member}\n`, { mode: 0o755 });
  const archive = join(temporaryFolder(), 'archive');
  await execa(command, words.map((word) => (word === 'ARCHIVE' ? archive : word)).concat(member), { cwd: folder });
  return readFileSync(existsSync(archive) ? archive : `${archive}.zip`);
}

function offer(name: string, content: Buffer | string, changes: Partial<Tool> = {}): Tool {
  vendor.files.set(`/${name}`, content);
  const address = `${vendor.address}/${name}`;
  const standard = { version: '1.0.0', architecture: 'amd64', check: '-', member: '-' };
  return { name, ...standard, sha256: sha256(content), address, ...changes };
}

async function install(tools: readonly Tool[], architecture = 'amd64') {
  const target = join(temporaryFolder(), 'tools');
  const table = join(temporaryFolder(), 'tools.txt');
  writeFileSync(table, writeTools(tools));
  const { exitCode, stderr } = await execa(join(ROOT, 'jenkins/agent/install.sh'), [architecture, target], {
    reject: false,
    env: { TOOLS: table, CURL_CA_BUNDLE: vendor.authority },
  });
  return { exitCode, stderr, target, files: existsSync(target) ? Object.keys(filesIn(target)) : [] };
}

describe('install.sh', () => {
  it('places programs, and plugins where the Docker CLI looks for them', async () => {
    const { exitCode, target, files } = await install([
      offer('kubectl', '#!/bin/sh\n'),
      offer('docker-buildx', '#!/bin/sh\n'),
    ]);
    expect({ exitCode, files }).toEqual({
      exitCode: 0,
      files: ['bin/kubectl', 'libexec/docker/cli-plugins/docker-buildx'],
    });
    for (const file of files) expect(statSync(join(target, file)).mode & 0o777).toBe(0o755);
  });

  it.each([
    ['tar.gz', 'linux-amd64/helm', ['tar', '-czf', 'ARCHIVE']],
    ['tar.xz', 'v1/helm', ['tar', '-cJf', 'ARCHIVE']],
  ] as const)('takes one file out of a %s', async (_, member, [command, ...words]) => {
    const { exitCode, target, files } = await install([
      offer('helm', await pack(member, command, ...words), { member }),
    ]);
    expect({ exitCode, files }).toEqual({ exitCode: 0, files: ['bin/helm'] });
    expect((await execa(join(target, 'bin/helm'))).stdout).toBe(member);
  });

  it('links the AWS CLI so that it runs wherever the folder is moved to', async () => {
    const archive = await pack('aws/dist/aws', 'zip', '-q', 'ARCHIVE');
    const { exitCode, target } = await install([offer('aws', archive, { member: 'aws/dist' })]);
    expect(exitCode).toBe(0);
    expect(readlinkSync(join(target, 'bin/aws'))).toBe('../aws-cli/dist/aws');
    expect((await execa(join(target, 'bin/aws'))).stdout).toBe('aws/dist/aws');
  });

  it('refuses before it downloads anything, naming every tool without a checksum', async () => {
    const { exitCode, stderr, files } = await install([
      offer('kubectl', '#!/bin/sh\n'),
      offer('trivy', 'x', { sha256: '-' }),
      offer('crane', 'y', { sha256: '-' }),
      offer('helm', 'z', { sha256: '-', architecture: 'arm64' }),
    ]);
    expect({ exitCode, files }).toEqual({ exitCode: 1, files: [] });
    expect(stderr.match(/: (\w+) 1\.0\.0 amd64 has no SHA-256; .*Run jenkins\/agent\/pin\.sh/g)).toHaveLength(2);
    expect(stderr).not.toContain('helm');
  });

  it('refuses a download that is another one', async () => {
    const planted = offer('kubectl', 'planted', { sha256: sha256('the release') });
    const { exitCode, stderr, files } = await install([planted]);
    expect({ exitCode, files }).toEqual({ exitCode: 1, files: [] });
    expect(stderr).toContain(`${planted.address}: has SHA-256 ${sha256('planted')}; expected ${sha256('the release')}`);
  });

  it('downloads nothing without TLS', async () => {
    const { exitCode, stderr } = await install([{ ...offer('kubectl', 'x'), address: 'http://127.0.0.1:9/kubectl' }]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Protocol "http"');
  });

  it('refuses an architecture that nothing is there for', async () => {
    const { exitCode, stderr } = await install([offer('kubectl', 'x')], 's390x');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('has no tool for s390x; expected amd64 or arm64');
  });
});
