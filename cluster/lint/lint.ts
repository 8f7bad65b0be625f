import { Refused } from '../../tools/parse/parse';
import { readHaproxy } from './haproxy/config';
import { HAPROXY_RULES } from './haproxy/rules';
import { readKeepalived } from './keepalived/config';
import { KEEPALIVED_RULES } from './keepalived/rules';
import type { Finding, Rule } from './rule';

/** A file to judge. */
export interface Source {
  /** As the user named it. */
  readonly path: string;
  readonly text: string;
  /** The text of another file of the same folder, such as a check script; undefined where there is none. */
  readonly beside: (name: string) => string | undefined;
}

/** What only one of the two programs knows, at the beginning of a line. */
const KEEPALIVED = /^\s*(global_defs|vrrp_(instance|script|sync_group|track_\w+)|virtual_server(_group)?)\b/m;
const HAPROXY = /^\s*(global|defaults|frontend|backend|listen)(\s|$)/m;

/**
 * Judges files of keepalived and HAProxy; of several keepalived.conf each with a view to the others.
 * @throws Refused naming every file that is neither.
 */
export function lint(sources: readonly Source[]): Finding[] {
  const unknown = sources.filter(({ text }) => !KEEPALIVED.test(text) && !HAPROXY.test(text));
  if (unknown.length > 0) {
    throw new Refused(
      unknown.map(
        ({ path }) =>
          `${path}: is neither keepalived.conf nor haproxy.cfg; expected a block such as \`vrrp_instance\`, or a section such as \`backend\``,
      ),
    );
  }
  const [keepalived, haproxy] = [true, false].map((is) => sources.filter(({ text }) => KEEPALIVED.test(text) === is));
  return [
    ...judge(keepalived ?? [], ({ text, beside }) => readKeepalived(text, beside), KEEPALIVED_RULES),
    ...judge(haproxy ?? [], ({ text }) => readHaproxy(text), HAPROXY_RULES),
  ].sort((one, other) => order(sources, one) - order(sources, other) || one.line - other.line);
}

const order = (sources: readonly Source[], { file }: Finding): number => sources.findIndex(({ path }) => path === file);

function judge<Config>(
  sources: readonly Source[],
  read: (source: Source) => Config,
  rules: readonly Rule<Config>[],
): Finding[] {
  const files = sources.map((source) => ({ path: source.path, config: read(source) }));
  return files.flatMap(({ path, config }) => {
    const others = files.filter((file) => file.path !== path).map((file) => file.config);
    return rules.flatMap(({ id, severity, why, fix, find }) =>
      // A line of defaults may hold for several sections; it is said once.
      [...new Map([...find(config, others)].map((one) => [`${one.line} ${one.what}`, one])).values()].map(
        ({ line, what }) => ({ file: path, line, rule: id, severity, what, why, fix }),
      ),
    );
  });
}
