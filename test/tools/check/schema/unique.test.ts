import { unique } from '../../../../tools/check/schema/unique';
import { judged } from '../judged';

const pod = (container: object, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'main', ...container }], ...spec },
});
const service = (...ports: object[]) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'a' },
  spec: { ports },
});

const told = (object: object) => judged([unique], [object]).findings.map(({ at, wrong }) => `${at}: ${wrong}`);

describe('schema/unique', () => {
  it.each<[string, object, string]>([
    [
      'a container that is called as one that prepares',
      pod({}, { initContainers: [{ name: 'main' }] }),
      'Pod/a spec.initContainers[0].name: main stands twice',
    ],
    [
      'a variable',
      pod({ env: [{ name: 'A' }, { name: 'A' }] }),
      'Pod/a spec.containers[0].env[1].name: A stands twice',
    ],
    ['a volume', pod({}, { volumes: [{ name: 'v' }, { name: 'v' }] }), 'Pod/a spec.volumes[1].name: v stands twice'],
    [
      "a container's port name",
      pod({
        ports: [
          { name: 'p', containerPort: 1 },
          { name: 'p', containerPort: 2 },
        ],
      }),
      'Pod/a spec.containers[0].ports[1].name: p stands twice',
    ],
    [
      "a container's port, its protocol written once",
      pod({ ports: [{ containerPort: 1 }, { containerPort: 1, protocol: 'TCP' }] }),
      'Pod/a spec.containers[0].ports[1].containerPort: TCP 1 stands twice',
    ],
    [
      "a Service's port name",
      service({ name: 'p', port: 1 }, { name: 'p', port: 2 }),
      'Service/a spec.ports[1].name: p stands twice',
    ],
    [
      "a Service's port",
      service({ name: 'p', port: 1 }, { name: 'q', port: 1 }),
      'Service/a spec.ports[1].port: TCP 1 stands twice',
    ],
  ])('finds %s', (_, object, finding) => {
    expect(told(object)).toEqual([finding]);
  });

  it('lets two ports have one number in two protocols, and variables of two containers one name', () => {
    const env = [{ name: 'A' }];
    const dns = [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }];
    expect(told(pod({ env, ports: dns }, { initContainers: [{ name: 'first', env }] }))).toEqual([]);
    expect(told(service({ name: 'a', port: 53 }, { name: 'b', port: 53, protocol: 'UDP' }))).toEqual([]);
  });
});
