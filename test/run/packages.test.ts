import {
  type Circumstances,
  composeInstallation,
  decide,
  explainMissing,
  findMissing,
  isDebianLike,
  SYSTEM_PACKAGES,
} from './packages';

const nobodyThere: Circumstances = { debianLike: true, privilege: 'root', terminal: false, agreed: false };
const [redis, mariadb] = [
  { command: 'redis-server', package: 'redis-server', why: 'suites run against a real Redis' },
  { command: 'mariadbd', package: 'mariadb-server', why: 'suites run against a real MariaDB' },
];

describe('what is missing', () => {
  it('is nothing where every command is found', () => {
    expect(findMissing(SYSTEM_PACKAGES, () => true)).toEqual([]);
  });

  it('is the packages whose commands are not found', () => {
    const missing = findMissing(SYSTEM_PACKAGES, (command) => command === 'git');
    const names = [
      'redis-server',
      'mariadb-server',
      'haproxy',
      'keepalived',
      'curl',
      'python3-pip',
      'chromium',
      'shellcheck',
    ];
    expect(missing.map((entry) => entry.package)).toEqual(names);
  });
});

describe('the decision', () => {
  it.each<[string, Partial<Circumstances>, ReturnType<typeof decide>]>([
    ['asks on a terminal', { terminal: true }, 'ask'],
    ['asks on a terminal where sudo makes root', { terminal: true, privilege: 'sudo' }, 'ask'],
    ['installs at once after --yes or CI=true', { agreed: true }, 'install'],
    ['does not ask twice on a terminal after --yes', { agreed: true, terminal: true }, 'install'],
    ['installs through sudo after --yes or CI=true', { agreed: true, privilege: 'sudo' }, 'install'],
    ['refuses where nobody can be asked and nobody agreed', {}, 'refuse'],
    ['refuses without root and sudo', { agreed: true, terminal: true, privilege: 'none' }, 'refuse'],
    ['refuses on another distribution', { agreed: true, terminal: true, debianLike: false }, 'refuse'],
  ])('%s', (_, circumstances, decision) => {
    expect(decide({ ...nobodyThere, ...circumstances })).toBe(decision);
  });
});

describe('the distribution', () => {
  it.each([
    ['Debian', 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', true],
    ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\n', true],
    ['a child of theirs', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
    ['Fedora', 'ID=fedora\n', false],
    ['a name that only mentions Debian', 'ID=other\nNAME="not debian"\nVERSION_ID=debian\n', false],
    ['a system without os-release', '', false],
  ])('is read of %s', (_, osRelease, debianLike) => {
    expect(isDebianLike(osRelease)).toBe(debianLike);
  });
});

describe('the installation', () => {
  const typed = (...options: Parameters<typeof composeInstallation>) =>
    composeInstallation(...options).map((words) => words.join(' '));

  it('reads the package lists once and asks nothing', () => {
    expect(typed([redis, mariadb], 'root', false)).toEqual([
      'apt-get update',
      'env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redis-server mariadb-server',
    ]);
  });

  it('brings what a package is of no use without', () => {
    expect(typed([{ ...redis, also: ['fonts'] }], 'root', false)[1]).toMatch(/ redis-server fonts$/);
  });

  it('lets sudo ask for a password on a terminal', () => {
    expect(typed([redis], 'sudo', true)[0]).toBe('sudo apt-get update');
  });

  it('never waits for a password where nobody can type one', () => {
    expect(typed([redis], 'sudo', false)[0]).toBe('sudo -n apt-get update');
  });
});

describe('the message', () => {
  it('names command, package and reason of everything that is missing', () => {
    const lines = explainMissing([redis, mariadb], nobodyThere);
    expect(lines).toContain(
      'system packages: mariadbd is missing (package mariadb-server); expected it: suites run against a real MariaDB',
    );
    expect(lines.filter((line) => line.includes('is missing'))).toHaveLength(2);
  });

  it('gives the command to type, and the argument that types it', () => {
    const text = explainMissing([redis], { ...nobodyThere, privilege: 'sudo', terminal: true }).join('\n');
    expect(text).toContain('Install: sudo apt-get update && sudo env DEBIAN_FRONTEND=noninteractive apt-get install');
    expect(text).toContain('npm test -- --yes');
  });

  it('speaks of the command that needs them', () => {
    const text = explainMissing([redis], { ...nobodyThere, privilege: 'sudo' }, 'npm run other').join('\n');
    expect(text).toContain('npm run other -- --yes');
    expect(text).not.toContain('npm test');
    expect(text).not.toContain('test:quick');
  });

  it('promises no installation that would be refused', () => {
    const text = explainMissing([redis], { ...nobodyThere, privilege: 'none' }).join('\n');
    expect(text).toContain('Install, as root: apt-get update');
    expect(text).not.toContain('--yes');
  });

  it('speaks of packages, not of apt-get alone, on another distribution', () => {
    const text = explainMissing([redis], { ...nobodyThere, debianLike: false }).join('\n');
    expect(text).toContain('what your distribution calls these packages');
  });
});
