import { isRecord } from '../manifests/yaml';
import type { Manifest } from '../render/order';
import type { Step, Steps } from './steps';
import { kindOf } from './subject';

/** What stands for a value that nobody is to read in a log or a pull request. */
export const HIDDEN = '(hidden)';
/** The same, where both sides have one: the reader is told that they are not equal. */
export const HIDDEN_DIFFERS = '(hidden, differs)';

/**
 * Names that hold a credential, more of them than `slipway check` would call one: hiding too much costs a look, showing
 * too much costs the secret. What ends in a path names a file that holds it, and is no secret.
 */
const CREDENTIAL =
  /(^|[_.-])pass|passw|pwd|secret|token|credential|requirepass|masterauth|(rediscli|basic)[_.-]?auth|(api|access|account|auth|private|session|shared|signing|storage|encryption|master)[_.-]?key|dsn|connection[_.-]?string/i;
const PLACE = /[_.-](file|path|dir)$/i;

/** Fields of any kind that hold a credential itself; `secretName` and its like only name one. */
const PLAIN = /^(password|passwd|passphrase|token|api_?key|secret_?(access_?)?key|client_?secret|private_?key)$/i;

const isCredential = (name: string): boolean => CREDENTIAL.test(name) && !PLACE.test(name);

/** Passwords inside other values: `redis://user:password@host`, `--password=value`. */
const USERINFO = /(\w:\/\/[^\s/:@]*:)[^\s/@]+@/g;
const FLAG = /(--?[\w-]*(?:password|passwd|secret|token|api-key)[= ])(?!\$)\S+/gi;

/** Removes passwords from within a text. */
export const withoutPasswords = (text: string): string =>
  text.replace(USERINFO, `$1${HIDDEN}@`).replace(FLAG, `$1${HIDDEN}`);

/** Whether a field holds what nobody is to read. */
export function isHidden(object: Pick<Manifest, 'kind' | 'apiVersion'>, steps: Steps): boolean {
  const [first, second] = steps;
  if (kindOf(object) === 'Secret') return first === 'data' || first === 'stringData';
  if (steps.includes('kubectl.kubernetes.io/last-applied-configuration')) return true;
  if (kindOf(object) === 'ConfigMap' && first === 'data') return typeof second === 'string' && isCredential(second);
  if (typeof steps.at(-1) === 'string' && PLAIN.test(String(steps.at(-1)))) return true;
  const [list, variable, field] = steps.slice(-3);
  return list === 'env' && field === 'value' && isSecretVariable(variable);
}

/** A variable that stands twice is known by its position alone: what it holds is not known, so it is not shown. */
const isSecretVariable = (step: Step | undefined): boolean => typeof step !== 'object' || isCredential(step.entry);

/** A value as it may be shown: with everything in it hidden that nobody is to read. */
export function shown(object: Pick<Manifest, 'kind' | 'apiVersion'>, steps: Steps, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (isHidden(object, steps) && typeof value !== 'object') return HIDDEN;
  if (typeof value === 'string') return withoutPasswords(value);
  if (Array.isArray(value)) {
    return value.map((entry, index) => {
      const name = isRecord(entry) && typeof entry.name === 'string' ? { entry: entry.name } : index;
      return shown(object, [...steps, name], entry);
    });
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shown(object, [...steps, key], field)]));
}
