/** A line of a section, in words; the line itself is counted from 1. */
export interface Directive {
  readonly line: number;
  readonly words: readonly string[];
}

export interface Section {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  /** Section of defaults that it names: `frontend api from base`. */
  readonly from?: string;
  readonly directives: readonly Directive[];
}

/** A line that HAProxy refuses. */
export interface SyntaxFault {
  readonly line: number;
  readonly what: string;
}

export interface Sections {
  readonly sections: readonly Section[];
  readonly faults: readonly SyntaxFault[];
}

/** https://docs.haproxy.org/2.6/configuration.html, and those that came later. */
const KINDS = [
  'acme',
  'backend',
  'cache',
  'crt-store',
  'defaults',
  'fcgi-app',
  'frontend',
  'global',
  'http-errors',
  'listen',
  'log-forward',
  'log-profile',
  'mailers',
  'peers',
  'program',
  'resolvers',
  'ring',
  'traces',
  'userlist',
];

/** Reads haproxy.cfg as sections of lines. Never throws: what HAProxy refuses stands in `faults`. */
export function parseHaproxy(text: string): Sections {
  const sections: (Section & { directives: Directive[] })[] = [];
  const faults: SyntaxFault[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    const line = index + 1;
    const words = wordsOf(content);
    if (words === undefined) {
      faults.push({ line, what: 'a quote is not closed' });
      continue;
    }
    const [keyword = '', second = ''] = words;
    if (keyword === '') continue;
    if (KINDS.includes(keyword)) {
      const from = words.indexOf('from');
      const name = from === 1 ? '' : second;
      sections.push({ kind: keyword, name, line, from: from > 0 ? words[from + 1] : undefined, directives: [] });
    } else if (sections.length === 0) {
      faults.push({ line, what: `\`${keyword}\` stands in no section` });
    } else {
      sections.at(-1)?.directives.push({ line, words });
    }
  }
  return { sections, faults };
}

/** Words of one line: quotes and backslashes keep blanks together, `#` begins a comment. Undefined: a quote without end. */
function wordsOf(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (const [token, escaped, strong, weak, open] of line.matchAll(
    /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"|(['"])|[\s\S]/g,
  )) {
    if (open) return undefined;
    const text = escaped ?? strong ?? weak?.replace(/\\(.)/g, '$1');
    if (text !== undefined) word = (word ?? '') + text;
    else if (token === '#') break;
    else if (/\s/.test(token)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + token;
  }
  if (word !== undefined) words.push(word);
  return words;
}
