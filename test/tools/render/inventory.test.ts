import { ApiObject, App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { type Inventory, type InventoryFacts, inventoryOf } from '../../../tools/render/inventory';
import { type ManifestFile, renderApp } from '../../../tools/render/manifests';
import type { Manifest } from '../../../tools/render/order';

const facts: InventoryFacts = {
  namespace: 'lab',
  kubernetes: '1.36',
  smoke: [],
  apiEndpoint: { host: 'api.lab.example.com', port: 6443 },
  nodes: [],
  zones: ['rack-1'],
  talks: [{ from: { workload: 'chat' }, to: { workload: 'redis' }, port: 6379, protocols: ['TCP'] }],
  secrets: [{ name: 'chat', type: 'Opaque', keys: { token: ['chat'] } }],
  provides: [{ kind: 'IngressClass', name: 'haproxy' }],
};

const object = (name: string, rest: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'lab' },
  ...rest,
});

const file = (path: string, ...manifests: Manifest[]): ManifestFile => ({ path, manifests, content: `# ${path}\n` });

const inventory = (...files: ManifestFile[]): Inventory => inventoryOf('lab', files, facts);

/** The hash of an object of the kind, as a chart renders it. */
function renderedHash(data: Record<string, string>): string | undefined {
  const app = new App();
  new ApiObject(new Chart(app, 'chat'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data });
  return inventory(...renderApp(app)).objects[0]?.sha256;
}

const hash = (manifest: Manifest): string | undefined => inventory(file('a.yaml', manifest)).objects[0]?.sha256;

describe('an inventory', () => {
  it('names its environment and carries what the manifests do not tell', () => {
    expect(inventory()).toEqual({ environment: 'lab', ...facts, objects: [] });
  });

  it('tells of every object where it lies and what it is', () => {
    const [entry] = inventory(file('workloads/20-chat.yaml', object('chat'))).objects;
    expect(entry).toEqual({
      file: 'workloads/20-chat.yaml',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'lab',
      name: 'chat',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('names no namespace for an object of the whole cluster', () => {
    const namespace: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lab' } };
    expect(inventory(file('a.yaml', namespace)).objects[0]).not.toHaveProperty('namespace');
  });

  it('lists the objects in the order of the files and, within one, in the order of the file', () => {
    const { objects } = inventory(
      file('workloads/20-chat.yaml', object('chat-b'), object('chat-a')),
      file('platform/00-namespace.yaml', object('quota')),
      file('workloads/10-redis.yaml', object('redis')),
    );
    expect(objects.map(({ name }) => name)).toEqual(['quota', 'redis', 'chat-b', 'chat-a']);
  });

  it('is the same whatever the order in which the charts were rendered: a review sees no noise', () => {
    const files = ['a', 'B', 'ä', '10', '2'].map((path) => file(`${path}.yaml`, object(path)));
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(inventory(...shuffled)).toEqual(inventory(...files));
      }),
    );
  });

  it('orders the files by code point, whatever the language of the machine', () => {
    const files = ['a', 'B', 'ä', '10', '2'].map((path) => file(`${path}.yaml`, object(path)));
    expect(inventory(...files).objects.map(({ name }) => name)).toEqual(['10', '2', 'B', 'a', 'ä']);
  });

  it('leaves the files that it was given as they are', () => {
    const files = [file('b.yaml', object('b')), file('a.yaml', object('a'))];
    inventoryOf('lab', files, facts);
    expect(files.map(({ path }) => path)).toEqual(['b.yaml', 'a.yaml']);
  });
});

describe('the hash of an object', () => {
  it('is the same for equal objects, wherever they lie', () => {
    const one = inventory(file('a.yaml', object('a', { data: { key: 'value' } }))).objects[0];
    const other = inventory(file('b.yaml', object('z'), object('a', { data: { key: 'value' } }))).objects[1];
    expect(one?.sha256).toBe(other?.sha256);
  });

  it.each([
    ['a value', object('a', { data: { key: 'other' } })],
    ['a name', object('b', { data: { key: 'value' } })],
    ['a field more', object('a', { data: { key: 'value' }, immutable: true })],
    ['the type of a value', object('a', { data: { key: 1 } })],
  ])('is another one after a change of %s', (_, changed) => {
    expect(hash(changed)).not.toBe(hash(object('a', { data: { key: 'value' } })));
  });

  it('does not change when a chart names the same fields in another order', () => {
    expect(renderedHash({ a: '1', b: '2' })).toBe(renderedHash({ b: '2', a: '1' }));
  });

  it('is the SHA-256 of the object as JSON, so that other tools can compute it', () => {
    // printf '%s' '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"lab"}}' | sha256sum
    expect(hash(object('a'))).toBe('777524aca6efaca2b6c8de33fb253000ce12f5f7f01c7a042366bcf944c50d2a');
  });
});
