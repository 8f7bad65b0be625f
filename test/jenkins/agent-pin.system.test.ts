import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { temporaryFolder } from '../support/copy';
import { ROOT, readTools, type Tool, writeTools } from './tools';
import { sha256, useVendor } from './vendor';

const PROGRAM = '#!/bin/sh\necho a tool\n';

const vendor = useVendor();

/** One download that the vendor has, as a line of the table. */
function offer(changes: Partial<Tool> & { content?: string } = {}): Tool {
  const { content = PROGRAM, ...fields } = changes;
  const path = `/v1.0.0/tool-${vendor.files.size}`;
  vendor.files.set(path, content);
  const address = `${vendor.address}${path}`;
  return {
    name: 'tool',
    version: '1.0.0',
    architecture: 'amd64',
    sha256: '-',
    check: '-',
    member: '-',
    address,
    ...fields,
  };
}

const publish = (tool: Tool, file: string, content: Buffer | string): void => {
  vendor.files.set(`${new URL(tool.address).pathname.replace(/[^/]*$/, '')}${file}`, content);
};
const nameOf = (tool: Tool): string => tool.address.replace(/.*\//, '');

/** Runs pin.sh on a table of these tools. */
async function pin(tools: readonly Tool[], env: Record<string, string> = {}) {
  const table = join(temporaryFolder(), 'tools.txt');
  const before = writeTools(tools);
  writeFileSync(table, before);
  const { exitCode, stderr } = await execa(join(ROOT, 'jenkins/agent/pin.sh'), [], {
    reject: false,
    env: { TOOLS: table, CURL_CA_BUNDLE: vendor.authority, ...env },
  });
  const after = readFileSync(table, 'utf8');
  return { exitCode, stderr, untouched: after === before, sums: readTools(after).map((tool) => tool.sha256) };
}

describe('pin.sh', () => {
  it.each([
    ['alone in a file', '.sha256', (sum: string) => `${sum}\n`],
    ['beside a name', '.sha256sum', (sum: string) => `${sum}  somewhere/else.tar.gz\n`],
  ])('writes a checksum that the vendor publishes %s', async (_, check, content) => {
    const tool = offer({ check });
    publish(tool, `${nameOf(tool)}${check}`, content(sha256(PROGRAM)));
    expect(await pin([tool])).toMatchObject({ exitCode: 0, sums: [sha256(PROGRAM)] });
  });

  it('finds a download in a list by its whole name', async () => {
    const tool = offer({ check: 'checksums.txt' });
    const [right, wrong] = [sha256(PROGRAM), sha256('another')];
    publish(
      tool,
      'checksums.txt',
      `${wrong}  ${nameOf(tool)}.sbom\n${right} *${nameOf(tool)}\n${wrong}  old-${nameOf(tool)}\n`,
    );
    expect(await pin([tool])).toMatchObject({ exitCode: 0, sums: [right] });
  });

  it('says of whom nothing is published, and takes what came', async () => {
    const { exitCode, sums, stderr } = await pin([offer()]);
    expect({ exitCode, sums }).toEqual({ exitCode: 0, sums: [sha256(PROGRAM)] });
    expect(stderr).toContain('the vendor publishes no checksum');
  });

  it('refuses a download that is not what its vendor publishes, and writes nothing, of no tool', async () => {
    const tool = offer({ check: '.sha256' });
    publish(tool, `${nameOf(tool)}.sha256`, `${sha256('planted')}\n`);
    const { exitCode, untouched, stderr } = await pin([offer(), tool]);
    expect({ exitCode, untouched }).toEqual({ exitCode: 1, untouched: true });
    expect(stderr).toContain(
      `${tool.address}: has SHA-256 ${sha256(PROGRAM)}; expected ${sha256('planted')}, which its vendor publishes in .sha256`,
    );
  });

  it('refuses a list that does not know the download', async () => {
    const tool = offer({ check: 'checksums.txt' });
    publish(tool, 'checksums.txt', `${sha256(PROGRAM)}  another\n`);
    expect(await pin([tool])).toMatchObject({ exitCode: 1, untouched: true });
  });

  it('refuses where a release has changed since it was pinned', async () => {
    const tool = offer({ sha256: sha256('what it was') });
    const { exitCode, untouched, stderr } = await pin([tool]);
    expect({ exitCode, untouched }).toEqual({ exitCode: 1, untouched: true });
    expect(stderr).toContain(`expected ${sha256('what it was')}`);
  });

  it('refuses what the vendor does not have', async () => {
    const tool = { ...offer(), address: `${vendor.address}/nothing` };
    expect(await pin([tool])).toMatchObject({ exitCode: 22, untouched: true });
  });

  it('downloads nothing without TLS', async () => {
    const { exitCode, stderr, untouched } = await pin([{ ...offer(), address: 'http://127.0.0.1:9/tool' }]);
    expect({ exitCode, untouched }).toEqual({ exitCode: 1, untouched: true });
    expect(stderr).toContain('Protocol "http"');
  });

  it('trusts nobody whose certificate nobody vouches for', async () => {
    expect(await pin([offer()], { CURL_CA_BUNDLE: '/dev/null' })).toMatchObject({ untouched: true, exitCode: 77 });
  });
});

describe('pin.sh, of a signed download', () => {
  /** Makes a key and signs with it. @param time when the key was made and used, as gpg takes it; it lives a day. */
  async function sign(content: string, time: string[] = []) {
    const folder = temporaryFolder();
    const [home, file, key] = [join(folder, 'home'), join(folder, 'download'), join(folder, 'key.asc')];
    mkdirSync(home, { mode: 0o700 });
    writeFileSync(file, content);
    const gpg = (...words: string[]) => execa('gpg', ['--homedir', home, '--batch', ...time, ...words]);
    try {
      await gpg('--passphrase', '', '--quick-generate-key', 'Vendor <vendor@example.com>', 'ed25519', 'sign', '1d');
      const { stdout } = await gpg('--with-colons', '--list-keys');
      await gpg('--armor', '--export', '--output', key);
      await gpg('--detach-sign', '--output', `${file}.sig`, file);
      const [, fingerprint = ''] = /^fpr:+([0-9A-F]+):/m.exec(stdout) ?? [];
      return { key, fingerprint, signature: readFileSync(`${file}.sig`) };
    } finally {
      await execa('gpgconf', ['--homedir', home, '--kill', 'gpg-agent']);
    }
  }

  it('takes it from the vendor’s key', async () => {
    const { key, fingerprint, signature } = await sign(PROGRAM);
    const tool = offer({ check: '.sig' });
    publish(tool, `${nameOf(tool)}.sig`, signature);
    expect(await pin([tool], { KEY: key, SIGNER: fingerprint })).toMatchObject({
      exitCode: 0,
      sums: [sha256(PROGRAM)],
    });
  });

  it('refuses a signature of something else', async () => {
    const { key, fingerprint, signature } = await sign('planted');
    const tool = offer({ check: '.sig' });
    publish(tool, `${nameOf(tool)}.sig`, signature);
    const { exitCode, untouched, stderr } = await pin([tool], { KEY: key, SIGNER: fingerprint });
    expect({ exitCode, untouched }).toEqual({ exitCode: 1, untouched: true });
    expect(stderr).toContain(`is not signed by ${fingerprint}`);
  });

  it('refuses a key that is in the file, but is not the vendor’s', async () => {
    const { key, signature } = await sign(PROGRAM);
    const tool = offer({ check: '.sig' });
    publish(tool, `${nameOf(tool)}.sig`, signature);
    expect(await pin([tool], { KEY: key })).toMatchObject({ exitCode: 1, untouched: true });
  });

  it('refuses a key that has expired', async () => {
    const { key, fingerprint, signature } = await sign(PROGRAM, ['--faked-system-time', '20200101T000000']);
    const tool = offer({ check: '.sig' });
    publish(tool, `${nameOf(tool)}.sig`, signature);
    expect(await pin([tool], { KEY: key, SIGNER: fingerprint })).toMatchObject({ exitCode: 1, untouched: true });
  });

  it('knows the AWS CLI by the fingerprint of its key', async () => {
    const home = temporaryFolder();
    const shown = [
      '--homedir',
      home,
      '--batch',
      '--with-colons',
      '--show-keys',
      join(ROOT, 'jenkins/agent/aws-cli.asc'),
    ];
    const { stdout } = await execa('gpg', shown);
    const [, fingerprint = 'none'] = /^fpr:+([0-9A-F]+):/m.exec(stdout) ?? [];
    expect(readFileSync(join(ROOT, 'jenkins/agent/pin.sh'), 'utf8')).toContain(`signer=\${SIGNER:-${fingerprint}}`);
  });
});
