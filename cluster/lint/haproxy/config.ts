import { type Directive, parseHaproxy, type Section, type SyntaxFault } from './parse';

/** A frontend, backend or listen section with what it inherits from its defaults. */
export interface ProxySection {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  /** Lines of its defaults, then its own: the last one counts. */
  readonly directives: readonly Directive[];
  readonly servers: readonly Server[];
}

/** A `server` line with the words of `default-server` before its own: the last one counts. */
export interface Server {
  readonly name: string;
  readonly line: number;
  /** As written; a placeholder is kept. */
  readonly address: string;
  readonly words: readonly string[];
}

/** A haproxy.cfg, as far as it decides who gets a connection and for how long. */
export interface Haproxy {
  readonly faults: readonly SyntaxFault[];
  readonly proxies: readonly ProxySection[];
  /** Whether it runs programs of Lua, which may do what no line says. */
  readonly isProgrammed: boolean;
}

const PROXIES = ['frontend', 'backend', 'listen'];

/** Reads a haproxy.cfg: https://docs.haproxy.org/2.6/configuration.html */
export function readHaproxy(text: string): Haproxy {
  const { sections, faults } = parseHaproxy(text);
  const proxies = sections.flatMap((section, index) => {
    if (!PROXIES.includes(section.kind)) return [];
    const directives = [...inherited(section, sections.slice(0, index)), ...section.directives];
    const { kind, name, line } = section;
    return [{ kind, name, line, directives, servers: serversOf(section, directives) }];
  });
  const isProgrammed = sections.some(({ directives }) =>
    directives.some(({ words: [first] }) => first === 'lua-load' || first === 'lua-load-per-thread'),
  );
  return { faults, proxies, isProgrammed };
}

/** Lines of the defaults that a section names with `from`, or else of the last ones before it. */
function inherited(section: Section, before: readonly Section[]): Directive[] {
  const defaults = before.filter(({ kind }) => kind === 'defaults');
  const base = section.from === undefined ? defaults.at(-1) : defaults.find(({ name }) => name === section.from);
  if (!base) return [];
  // Defaults take from others only what they name.
  const above = base.from === undefined ? [] : inherited(base, before.slice(0, before.indexOf(base)));
  return [...above, ...base.directives];
}

function serversOf(section: Section, directives: readonly Directive[]): Server[] {
  return section.directives
    .filter(({ words }) => words[0] === 'server' || words[0] === 'server-template')
    .map(({ line, words }) => {
      const head = words[0] === 'server' ? 3 : 4;
      const before = directives.slice(
        0,
        directives.findIndex((directive) => directive.line === line),
      );
      const defaults = before.filter((directive) => directive.words[0] === 'default-server');
      return {
        name: words[1] ?? '',
        line,
        address: words[head - 1] ?? '',
        words: [...defaults.flatMap((directive) => directive.words.slice(1)), ...words.slice(head)],
      };
    });
}

/** The last line that begins with these words. */
export const lineWith = ({ directives }: ProxySection, ...words: readonly string[]): Directive | undefined =>
  directives.findLast((directive) => words.every((word, index) => directive.words[index] === word));

/** Whether `option NAME` counts: set, and not taken back by `no option NAME` behind it. */
export function hasOption({ directives }: ProxySection, name: string): boolean {
  const last = directives.findLast(
    ({ words }) => isOption(words, name) || (words[0] === 'no' && isOption(words.slice(1), name)),
  );
  return last !== undefined && last.words[0] !== 'no';
}

const isOption = ([keyword, option]: readonly string[], name: string): boolean =>
  keyword === 'option' && option === name;

/** Sections that have servers. */
export const backendsOf = ({ proxies }: Haproxy): ProxySection[] => proxies.filter(({ servers }) => servers.length > 0);

/** Those that pass connections on: all but a backend that nothing leads to and whose checks others follow (`track`). */
export const busyBackendsOf = (config: Haproxy): ProxySection[] =>
  backendsOf(config).filter(
    (backend) =>
      backend.kind === 'listen' ||
      frontsOf(config, backend).length > 1 ||
      !backendsOf(config).some(({ servers }) =>
        servers.some((server) => parameter(server, 'track')?.startsWith(`${backend.name}/`)),
      ),
  );

/** What clients connect to on their way to a backend. */
export const frontsOf = ({ proxies }: Haproxy, backend: ProxySection): ProxySection[] =>
  proxies.filter(
    (proxy) =>
      proxy === backend ||
      proxy.directives.some(
        ({ words }) => ['default_backend', 'use_backend'].includes(words[0] ?? '') && words[1] === backend.name,
      ),
  );

/** Whether a server is checked: `check`, and no `no-check` behind it. */
export const isChecked = ({ words }: Server): boolean => words.lastIndexOf('check') > words.lastIndexOf('no-check');

/** Whether a server is taken out some day: by its own check, or by that of another one that it follows. */
export const isWatched = (server: Server): boolean => isChecked(server) || server.words.includes('track');

/** Argument of a server's parameter, such as `inter`. */
export function parameter({ words }: Server, name: string): string | undefined {
  const at = words.lastIndexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration of HAProxy in milliseconds, its own unit; undefined for a placeholder. */
export function milliseconds(text: string | undefined): number | undefined {
  const [, number, unit = 'ms'] = /^(\d+)(us|ms|s|m|h|d)?$/.exec(text ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * (UNITS[unit] ?? 1);
}
