import { basename } from 'node:path/posix';
import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

export const checkStatus: Rule<Keepalived> = {
  id: 'keepalived/check-status',
  severity: 'dead',
  why: 'Without --fail, curl ends with 0 whatever the answer is: a 500 counts as healthy, and the address stays with it.',
  fix: 'Write `curl --fail` (-f), with a --max-time below the interval of the check.',
  *find({ scripts, beside }) {
    for (const { command } of scripts) {
      const name = basename(command.value.split(/\s+/)[0] ?? '');
      const text = name === 'curl' ? undefined : beside(name);
      for (const { line, call } of text === undefined ? callsOf(command.value) : callsOf(text)) {
        if (FAILS.test(call)) continue;
        yield {
          line: command.line,
          what: `${text === undefined ? 'the command' : `${name}, line ${line},`} calls curl without --fail`,
        };
      }
    }
  },
};

/** Options by which a call judges the status: `-f`, also among other letters, `--fail`, or the status itself. */
const FAILS = /\s(-[a-zA-Z]*f|--fail)|http_code|response_code/;

/** Calls of curl with their options, each up to the end of the command. Comments call nothing. */
function* callsOf(script: string): Generator<{ line: number; call: string }> {
  const whole = script.replace(/\\\n/g, '  ');
  for (const { index, 0: call } of whole.matchAll(/(?<!#.*|\w|-v\s+)curl\s[^\n|;&]*/g)) {
    yield { line: script.slice(0, index).split('\n').length, call };
  }
}
