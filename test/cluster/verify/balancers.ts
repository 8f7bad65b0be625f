import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import execa from 'execa';
import { ON_MACHINE } from '../lab/programs';
import { findingsOf } from './findings';

/**
 * Holds every rendered haproxy.cfg and keepalived.conf against the programs that read them, and plants faults, which
 * the programs have to find. Both only read: nothing listens, no address moves.
 * @param dist folder below which they lie, however deep
 * @throws Error with a line for every finding
 */
export async function verifyBalancers(dist: string): Promise<void> {
  const below = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  const scratch = mkdtempSync(join(tmpdir(), 'slipway-balancers-'));
  try {
    await findingsOf(async (report) => {
      for (const reader of READERS) {
        const files = below.filter((file) => file.endsWith(`/root/etc/${reader.file}`));
        if (files.length === 0) report(`${dist}: holds no ${basename(reader.file)}`);
        const faults = await Promise.all(files.map((file) => faultOf(reader, join(dist, file), scratch)));
        for (const [index, fault] of faults.entries()) if (fault) report(`${files[index]}: ${fault}`);
        const sound = files.find((_, index) => !faults[index]);
        for (const finding of sound ? await unfound(reader, join(dist, sound), scratch) : []) {
          report(`${sound}: ${finding}`);
        }
      }
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** A program that reads a file, and faults that it has to find there. */
interface Reader {
  /** Below /etc. */
  readonly file: string;
  readonly command: (root: string) => readonly string[];
  /** Which text becomes which one, and what the program says of it. */
  readonly planted: readonly (readonly [from: string, to: string, expected: string])[];
}

const READERS: readonly Reader[] = [
  {
    file: 'haproxy/haproxy.cfg',
    command: (root) => [
      'unshare',
      ...isolated(),
      ON_MACHINE,
      root,
      ...['haproxy', '-c', '-f', '/etc/haproxy/haproxy.cfg'],
    ],
    planted: [
      ['end-sessions.lua', 'end-session.lua', 'end-session.lua'],
      ['option redispatch', 'option redipsatch', "unknown option 'redipsatch'"],
      ['default_backend api-servers', 'default_backend api', "unable to find required default_backend: 'api'"],
      ['check-ssl verify none', 'check-ssl', 'verify is enabled by default but no CA file specified'],
    ],
  },
  {
    file: 'keepalived/keepalived.conf',
    command: (root) => ['unshare', ...isolated(), 'sh', '-c', WITH_LINK, linkOf(root), ON_MACHINE, root, ...TEST],
    planted: [
      ['track_script {', 'track_script', "Extra '}' found"],
      ['advert_int', 'advert_interval', "Unknown keyword 'advert_interval'"],
      ['/etc/keepalived/check-haproxy', '/etc/keepalived/check-proxy', 'Disabling track script haproxy'],
    ],
  },
];

const TEST = ['keepalived', '--config-test'];

/** keepalived looks for its interface: here is one of that name, in a network where nobody else is. */
const WITH_LINK = 'ip link add "$0" type bridge && exec "$@"';

const isolated = (): string[] => [
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  ...['--net', '--mount'],
];

function linkOf(root: string): string {
  const text = readFileSync(join(root, 'etc/keepalived/keepalived.conf'), 'utf8');
  return /^ *interface (\S+)$/m.exec(text)?.[1] ?? 'none';
}

/** What a program says against a file; nothing where it takes it. */
async function faultOf(
  { file, command }: Reader,
  path: string,
  scratch: string,
  change = (text: string): string => text,
): Promise<string> {
  const root = mkdtempSync(join(scratch, 'root-'));
  cpSync(path.slice(0, -`/${file}`.length), join(root, 'etc'), { recursive: true });
  writeFileSync(join(root, 'etc', file), change(readFileSync(path, 'utf8')));
  const [program = '', ...words] = command(root);
  const { exitCode, signal, all } = await execa(program, words, { reject: false, all: true });
  return exitCode === 0 ? '' : all || `${program} ended by ${signal ?? exitCode}`;
}

/** Planted faults of which the program says nothing, or something else. */
async function unfound(reader: Reader, path: string, scratch: string): Promise<string[]> {
  const said = reader.planted.map(async ([from, to, expected]) => {
    if (!readFileSync(path, 'utf8').includes(from)) return [`does not hold \`${from}\``];
    const fault = await faultOf(reader, path, scratch, (text) => text.replace(from, to));
    return fault.includes(expected) ? [] : [`\`${to}\` is taken for \`${from}\``];
  });
  return (await Promise.all(said)).flat();
}
