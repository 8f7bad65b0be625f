/** A command that some stage needs and npm cannot bring. */
export interface SystemPackage {
  readonly command: string;
  /** Package of Debian and Ubuntu that has it. */
  readonly package: string;
  /** Packages that it is of no use without, and that Debian only recommends beside it. */
  readonly also?: readonly string[];
  readonly why: string;
}

/** Everything that `npm test` needs beside Node.js and what `npm ci` brings. */
export const SYSTEM_PACKAGES: readonly SystemPackage[] = [
  { command: 'git', package: 'git', why: 'the stage `dist` asks it whether dist/ is what was committed' },
  { command: 'redis-server', package: 'redis-server', why: 'suites run against a real Redis' },
  { command: 'mariadbd', package: 'mariadb-server', why: 'suites run against a real MariaDB' },
  { command: 'haproxy', package: 'haproxy', why: 'the chat is tested behind a real balancer' },
  { command: 'keepalived', package: 'keepalived', why: 'the linter of its files is held against its own reading' },
  { command: 'curl', package: 'curl', why: 'keepalived asks HAProxy with it' },
  { command: 'pip3', package: 'python3-pip', why: 'the chat is driven by python-socketio, which pip brings' },
  {
    command: 'chromium',
    package: 'chromium',
    also: ['fonts-liberation'],
    why: 'the page is tested in a real browser, with letters to show',
  },
  { command: 'shellcheck', package: 'shellcheck', why: 'the shell that dist/ carries is linted' },
];

/** Packages whose command is not found, in the order of the table. */
export const findMissing = (
  packages: readonly SystemPackage[],
  isInstalled: (command: string) => boolean,
): SystemPackage[] => packages.filter(({ command }) => !isInstalled(command));

/** How this process may become root. */
export type Privilege = 'root' | 'sudo' | 'none';

export interface Circumstances {
  /** Whether this is Debian, Ubuntu or a child of theirs. */
  readonly debianLike: boolean;
  readonly privilege: Privilege;
  /** Whether somebody sits there to be asked. */
  readonly terminal: boolean;
  /** Whether the question was answered beforehand: `--yes`, or CI=true. */
  readonly agreed: boolean;
}

export type Decision = 'install' | 'ask' | 'refuse';

/** What to do about missing packages. Nothing is installed that nobody agreed to. */
export function decide({ debianLike, privilege, terminal, agreed }: Circumstances): Decision {
  if (!debianLike || privilege === 'none') return 'refuse';
  if (agreed) return 'install';
  return terminal ? 'ask' : 'refuse';
}

/** Whether `/etc/os-release` names Debian, Ubuntu or a distribution that calls itself like them. */
export function isDebianLike(osRelease: string): boolean {
  const names = osRelease
    .split('\n')
    .flatMap((line) => /^(?:ID|ID_LIKE)=["']?([^"']*)["']?\s*$/.exec(line)?.[1]?.split(' ') ?? []);
  return names.includes('debian') || names.includes('ubuntu');
}

/**
 * The commands that install packages, each as its words.
 * @param privilege `none` gives what somebody who is root would type.
 * @param terminal whether sudo may ask for a password; otherwise it must do without or fail.
 */
export function composeInstallation(
  missing: readonly SystemPackage[],
  privilege: Privilege,
  terminal: boolean,
): readonly (readonly [string, ...string[]])[] {
  const names = [...new Set(missing.flatMap((entry) => [entry.package, ...(entry.also ?? [])]))];
  const update = ['apt-get', 'update'] as const;
  // sudo drops the environment, so the variable travels behind it.
  const install = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '--no-install-recommends'];
  const commands = [update, [...install, ...names] as [string, ...string[]]] as const;
  if (privilege !== 'sudo') return commands;
  return commands.map((words) => ['sudo', ...(terminal ? [] : ['-n']), ...words]);
}

/**
 * Lines that say what is missing, why it is needed and what to type.
 * @param command what needs them.
 */
export function explainMissing(
  missing: readonly SystemPackage[],
  { debianLike, privilege, terminal }: Circumstances,
  command = 'npm test',
): string[] {
  const installation = composeInstallation(missing, privilege, terminal)
    .map((words) => words.join(' '))
    .join(' && ');
  return [
    ...missing.map(
      (entry) => `system packages: ${entry.command} is missing (package ${entry.package}); expected it: ${entry.why}`,
    ),
    debianLike
      ? `Install${privilege === 'none' ? ', as root' : ''}: ${installation}`
      : `Install what your distribution calls these packages. On Debian or Ubuntu, as root, it would be: ${installation}`,
    ...(debianLike && privilege !== 'none' ? [`\`${command} -- --yes\` installs them without asking.`] : []),
    ...(command === 'npm test' ? ['`npm run test:quick` needs none of them.'] : []),
  ];
}
