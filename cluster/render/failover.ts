/**
 * How long a failure lasts before something notices it and acts, at worst; all in milliseconds.
 * The renderers' own timings go in, so that a budget is a test and not a hope. Whoever judges other files gives theirs.
 */

/** Adverts of one machine. RFC 9568 is version 3; RFC 3768 is version 2, which counts in whole seconds. */
export interface Adverts {
  readonly version: 2 | 3;
  readonly interval: number;
  /** Of the machine that takes over. */
  readonly priority: number;
}

/** A script that keepalived runs to learn whether its machine may hold the address. */
export interface ScriptCheck {
  readonly interval: number;
  /** After which a run counts as failed. */
  readonly timeout: number;
  /** Failures in a row that count. */
  readonly fall: number;
  /** 0: a failure takes the machine out (FAULT). Others are added to its priority. */
  readonly weight: number;
}

/** HAProxy's check of one server. */
export interface ServerCheck {
  readonly inter: number;
  /** Between checks while the server is neither up nor down for good. */
  readonly fastinter: number;
  /** Failures in a row that take it out. */
  readonly fall: number;
  /** For the connection and its TLS: `timeout connect`, at most `inter`. */
  readonly connect: number;
  /** For the answer: `timeout check`. */
  readonly answer: number;
}

/** What keeps machines of unlike priority from taking over in the same moment. */
const skew = ({ version, interval, priority }: Adverts): number =>
  ((256 - priority) / 256) * (version === 3 ? interval : 1000);

/** The holder vanished without a word, as when its power is cut: three adverts are missing. */
export const silentTakeover = (adverts: Adverts): number => 3 * adverts.interval + skew(adverts);

/**
 * The holder's script fails at once, as when HAProxy is dead. In FAULT it resigns by an advert of priority 0;
 * a weight only lowers the priority, and two more adverts pass until somebody else claims the address.
 */
export const scriptTakeover = (check: ScriptCheck, adverts: Adverts): number =>
  check.fall * check.interval + (check.weight === 0 ? 0 : 2 * adverts.interval) + skew(adverts);

/** The holder's script hangs, as when HAProxy is stopped: the last of its runs has to time out. */
export const hungScriptTakeover = (check: ScriptCheck, adverts: Adverts): number =>
  scriptTakeover(check, adverts) + check.timeout;

/** A server refuses or answers that it is not ready: each check fails at once. */
export const refusingServerDetection = ({ inter, fastinter, fall }: ServerCheck): number =>
  inter + (fall - 1) * fastinter;

/** A server is frozen or cut off: each check waits until one of its limits has passed. */
export const silentServerDetection = (check: ServerCheck): number =>
  refusingServerDetection(check) + check.fall * Math.max(Math.min(check.connect, check.inter), check.answer);
