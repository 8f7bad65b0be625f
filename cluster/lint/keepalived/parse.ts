/** Words of a line, and the block behind them. */
export interface Statement {
  readonly line: number;
  readonly words: readonly string[];
  readonly block?: readonly Statement[];
}

/** A brace that is missing or too many. */
export interface BraceFault {
  readonly line: number;
  readonly what: string;
}

export interface Tree {
  readonly statements: readonly Statement[];
  readonly braces: readonly BraceFault[];
}

/** Blocks of the file itself: inside of another block they say that its brace is lost. */
const ROOTS = [
  'global_defs',
  'vrrp_instance',
  'vrrp_script',
  'vrrp_sync_group',
  'vrrp_track_file',
  'vrrp_track_process',
  'virtual_server',
  'virtual_server_group',
];

/** Blocks of an instance. They hold words, never a block of this list: keepalived takes its name for one of the words. */
const LISTS = [
  'authentication',
  'track_file',
  'track_interface',
  'track_process',
  'track_script',
  'unicast_peer',
  'virtual_ipaddress',
  'virtual_ipaddress_excluded',
  'virtual_routes',
  'virtual_rules',
];

interface Open {
  readonly line: number;
  readonly words: string[];
  block?: Open[];
}

/**
 * Reads keepalived.conf: statements, one a line, with blocks in braces. Never throws.
 * Where a brace is lost, it goes on as the author meant it, so that the rest is judged as well.
 */
export function parseKeepalived(text: string): Tree {
  const root: Open = { line: 0, words: [], block: [] };
  const open: Open[] = [root];
  const braces: BraceFault[] = [];
  const lost = (block: Open, where: string) =>
    braces.push({ line: block.line, what: `the block of \`${block.words.join(' ')}\` is still open ${where}` });

  for (const [index, content] of text.split('\n').entries()) {
    const line = index + 1;
    let statement: Open | undefined;
    for (const word of wordsOf(content)) {
      if (word === '{') {
        const head = statement ?? open.at(-1)?.block?.at(-1);
        statement = undefined;
        if (!head || head.block) {
          braces.push({ line, what: 'a block without a name begins' });
          continue;
        }
        head.block = [];
        open.push(head);
      } else if (word === '}') {
        statement = undefined;
        if (open.length === 1) braces.push({ line, what: 'a brace closes nothing' });
        else open.pop();
      } else if (statement) {
        statement.words.push(word);
      } else {
        for (let block = open.at(-1); block && block !== root && isLost(block, word); block = open.at(-1)) {
          lost(block, `where \`${word}\` stands in line ${line}`);
          open.pop();
        }
        statement = { line, words: [word] };
        open.at(-1)?.block?.push(statement);
      }
    }
  }
  for (const block of open.slice(1).reverse()) lost(block, 'at the end of the file');
  return { statements: root.block ?? [], braces };
}

const isLost = (block: Open, word: string): boolean =>
  ROOTS.includes(word) || (LISTS.includes(word) && LISTS.includes(block.words[0] ?? ''));

/** Words of one line: quotes hold blanks, `!` and `#` begin a comment, a brace is a word unless it is part of `${NAME}`. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [token] of line.matchAll(/"[^"]*"?|[!#].*|[{}]|(?:\$\{\w*\}|[^\s"!#{}])+/g)) {
    if (/^[!#]/.test(token)) break;
    words.push(token.startsWith('"') ? token.replace(/^"|"$/g, '') : token);
  }
  return words;
}
