import { type BraceFault, parseKeepalived, type Statement } from './parse';

/** A value with the line where it stands; for a default, where its block begins. */
export interface Setting<Value> {
  readonly value: Value;
  readonly line: number;
}

/** `vrrp_script`: a command that says whether this machine may hold the address. Times in seconds. */
export interface Script {
  readonly name: string;
  readonly line: number;
  readonly command: Setting<string>;
  readonly interval?: Setting<number>;
  readonly timeout?: Setting<number>;
  readonly fall?: Setting<number>;
  /** Added to the priority while the script fails; 0: the instance gives the address up. */
  readonly weight?: Setting<number>;
}

/** A script that an instance, or the group around it, looks at. */
export interface Tracked {
  readonly name: string;
  readonly line: number;
  /** Its weight here; undefined where the file leaves a placeholder or knows no such script. */
  readonly weight?: number;
}

/** `vrrp_instance`: an address and who may hold it. Undefined: a placeholder that is no number. */
export interface Instance {
  readonly name: string;
  readonly line: number;
  readonly state: Setting<string>;
  readonly priority?: Setting<number>;
  readonly routerId?: Setting<number>;
  /** Seconds between adverts. */
  readonly advertInterval?: Setting<number>;
  readonly version: number;
  readonly nopreempt?: number;
  readonly password?: Setting<string>;
  readonly addresses: readonly string[];
  readonly unicast: boolean;
  readonly tracked: readonly Tracked[];
  /** Whether anything but an interface is looked at. */
  readonly checked: boolean;
}

/** A keepalived.conf, as far as it decides who holds an address. */
export interface Keepalived {
  readonly braces: readonly BraceFault[];
  readonly instances: readonly Instance[];
  readonly scripts: readonly Script[];
  readonly scriptSecurity: boolean;
  readonly scriptUser: boolean;
  /** The text of a script that lies beside the file, by the last part of its path. */
  readonly beside: (name: string) => string | undefined;
}

/** Reads a keepalived.conf with keepalived's defaults: https://www.keepalived.org/manpage.html */
export function readKeepalived(text: string, beside: Keepalived['beside'] = () => undefined): Keepalived {
  const { statements, braces } = parseKeepalived(text);
  const globals = named(statements, 'global_defs').flatMap(({ block }) => block ?? []);
  const scripts = named(statements, 'vrrp_script').map(scriptOf);
  const groups = named(statements, 'vrrp_sync_group');
  const version = numberOf(globals, 'vrrp_version')?.value;
  return {
    braces,
    scripts,
    instances: named(statements, 'vrrp_instance').map((statement) => instanceOf(statement, groups, scripts, version)),
    scriptSecurity: find(globals, 'enable_script_security') !== undefined,
    scriptUser: find(globals, 'script_user') !== undefined,
    beside,
  };
}

function scriptOf({ line, words, block = [] }: Statement): Script {
  const command = find(block, 'script');
  const interval = numberOr(1, block, 'interval', line);
  return {
    name: words[1] ?? '',
    line,
    command: { value: command?.words.slice(1).join(' ') ?? '', line: command?.line ?? line },
    interval,
    // Without one, a script may run until its next turn.
    timeout: find(block, 'timeout') ? numberOf(block, 'timeout') : interval,
    fall: numberOr(1, block, 'fall', line),
    weight: numberOr(0, block, 'weight', line),
  };
}

function instanceOf(
  { line, words, block = [] }: Statement,
  groups: readonly Statement[],
  scripts: readonly Script[],
  version: number | undefined,
): Instance {
  const name = words[1] ?? '';
  const around = groups.filter(({ block: group = [] }) => members(group).includes(name));
  const everywhere = [block, ...around.map((group) => group.block ?? [])];
  const tracks = (keyword: string) => everywhere.flatMap((place) => listed(place, keyword));
  const state = find(block, 'state');
  const password = find(listed(block, 'authentication'), 'auth_pass');
  return {
    name,
    line,
    state: { value: state?.words[1] ?? 'BACKUP', line: state?.line ?? line },
    priority: numberOr(100, block, 'priority', line),
    routerId: numberOf(block, 'virtual_router_id'),
    advertInterval: numberOr(1, block, 'advert_int', line),
    version: numberOf(block, 'version')?.value ?? version ?? 2,
    nopreempt: find(block, 'nopreempt')?.line,
    password: password && { value: password.words[1] ?? '', line: password.line },
    addresses: listed(block, 'virtual_ipaddress').map(({ words: [address = ''] }) => address.replace(/\/\d+$/, '')),
    unicast: find(block, 'unicast_peer') !== undefined,
    tracked: tracks('track_script').map((tracked) => trackedOf(tracked, scripts)),
    checked: ['track_script', 'track_process', 'track_file'].some((keyword) => tracks(keyword).length > 0),
  };
}

/** `check_apiserver weight -20`: the weight of this line, or the script's own. */
function trackedOf({ line, words }: Statement, scripts: readonly Script[]): Tracked {
  const name = words[0] ?? '';
  const at = words.indexOf('weight');
  const weight = at < 0 ? scripts.find((script) => script.name === name)?.weight?.value : decimal(words[at + 1]);
  return { name, line, weight };
}

/** Names of a group: on one line or on several. */
const members = (group: readonly Statement[]): string[] => listed(group, 'group').flatMap(({ words }) => [...words]);

const named = (statements: readonly Statement[], keyword: string): Statement[] =>
  statements.filter(({ words }) => words[0] === keyword);

const find = (statements: readonly Statement[], keyword: string): Statement | undefined =>
  named(statements, keyword).at(-1);

/** What stands in the blocks of that name. */
const listed = (statements: readonly Statement[], keyword: string): Statement[] =>
  named(statements, keyword).flatMap(({ block }) => block ?? []);

function numberOf(block: readonly Statement[], keyword: string): Setting<number> | undefined {
  const statement = find(block, keyword);
  const value = decimal(statement?.words[1]);
  return statement && value !== undefined ? { value, line: statement.line } : undefined;
}

/** The default holds where nothing stands, not where a placeholder does. */
const numberOr = (byDefault: number, block: readonly Statement[], keyword: string, line: number) =>
  find(block, keyword) ? numberOf(block, keyword) : { value: byDefault, line };

const decimal = (word: string | undefined): number | undefined =>
  word !== undefined && /^[-+]?\d+(\.\d+)?$/.test(word) ? Number(word) : undefined;
