import { trafficDocument } from '../../../../tools/manifests/traffic/markdown';
import type { Flow } from '../../../../tools/manifests/traffic/matrix';
import { trafficGraph } from '../../../../tools/manifests/traffic/mermaid';
import type { Party } from '../../../../tools/manifests/traffic/party';

const workload = (name: string): Party => ({ kind: 'workload', namespace: 'shop', name, ownerKind: 'Deployment' });
const flow = (from: string, to: string): Flow => ({
  from: workload(from),
  to: workload(to),
  ports: [{ protocol: 'TCP', first: 80, last: 80 }],
});

describe('the document that reviewers see', () => {
  const document = trafficDocument('lab', [flow('chat', 'redis')]);

  it('is called by its environment', () => {
    expect(document).toMatch(/^# Traffic of lab\n/);
  });

  it('says once what `anyone` is', () => {
    expect(document.match(/`anyone` is /g)).toHaveLength(1);
  });

  it('holds a row for each flow', () => {
    expect(document).toContain(
      '\n| from | to | ports |\n| --- | --- | --- |\n| Deployment shop/chat | Deployment shop/redis | TCP 80 |\n',
    );
  });

  it('keeps its rows as they are when a longer one comes: a review shows what changed', () => {
    const longer = trafficDocument('lab', [flow('chat', 'redis'), flow('a-much-longer-name-than-the-others', 'redis')]);
    expect(document.split('\n').filter((line) => line.startsWith('|') && !longer.includes(`${line}\n`))).toEqual([]);
  });

  it('ends with the graph', () => {
    expect(document).toContain(`\`\`\`mermaid\n${trafficGraph([flow('chat', 'redis')])}\`\`\`\n`);
  });

  it.each([
    ['too many arrows', 501, 'app'],
    ['too long', 400, 'a-name-as-long-as-a-name-of-a-workload-can-be-with-its-number'],
  ])('has no graph where Mermaid would refuse to draw it, and says so: %s', (_, count, name) => {
    const flows = Array.from({ length: count }, (_, index) => flow(`${name}-${index}`, 'redis'));
    expect(trafficDocument('lab', flows)).toMatch(
      /\nThere is no graph: Mermaid draws at most 500 arrows and 50000 characters\.\n$/,
    );
  });

  it('has a graph as long as Mermaid draws it', () => {
    expect(
      trafficDocument(
        'lab',
        Array.from({ length: 300 }, (_, index) => flow(`app-${index}`, 'redis')),
      ),
    ).toContain('```mermaid');
  });

  it('says that nobody talks to anybody where that is so', () => {
    expect(trafficDocument('lab', [])).toMatch(/\nThere is no row: nobody may talk to anybody\.\n$/);
  });
});
