import { columns } from '../columns';
import type { Flow } from './matrix';
import { showParty } from './party';
import { showPorts } from './ports';

const HEADER = ['from', 'to', 'ports'] as const;

const cellsOf = ({ from, to, ports }: Flow): readonly string[] => [showParty(from), showParty(to), showPorts(ports)];

/** A table for a terminal: columns padded to their widest cell. */
export function textTable(flows: readonly Flow[]): string {
  return `${columns([HEADER, ...flows.map(cellsOf)]).join('\n')}\n`;
}

/** A table for a page. Cells are not padded: a longer one would change every line of a review. */
export function markdownTable(flows: readonly Flow[]): string {
  const rows = [HEADER, HEADER.map(() => '---'), ...flows.map((flow) => cellsOf(flow).map(escaped))];
  return rows.map((row) => `| ${row.join(' | ')} |\n`).join('');
}

/** Text that Markdown prints as it is: a `*` of a port's name or an address is no emphasis, a `|` ends no cell. */
const escaped = (cell: string): string => cell.replace(/[\\|*_<`[\]]/g, (character) => `\\${character}`);
