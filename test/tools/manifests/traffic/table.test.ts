import type { Flow } from '../../../../tools/manifests/traffic/matrix';
import { ANYONE, type Party } from '../../../../tools/manifests/traffic/party';
import { markdownTable, textTable } from '../../../../tools/manifests/traffic/table';

const chat: Party = { kind: 'workload', namespace: 'shop', name: 'chat', ownerKind: 'Deployment' };
const flows: Flow[] = [
  { from: chat, to: ANYONE, ports: [{ protocol: 'UDP', first: 53, last: 53 }] },
  {
    from: { kind: 'pods', namespaces: {}, pods: { matchLabels: { a: 'b|c' } } },
    to: chat,
    ports: [{ protocol: 'TCP', name: 'web' }],
  },
];

describe('the table', () => {
  it('of a terminal has columns of one width, and no space at the end of a line', () => {
    expect(textTable(flows)).toBe(
      [
        'from                            to                    ports',
        'Deployment shop/chat            anyone                UDP 53',
        'pods a=b|c in other namespaces  Deployment shop/chat  TCP web',
        '',
      ].join('\n'),
    );
  });

  it('of a page keeps its cells whatever they hold', () => {
    expect(markdownTable(flows)).toContain('| pods a=b\\|c in other namespaces | Deployment shop/chat | TCP web |\n');
  });
});
