import type { Container, Probe } from 'kubernetes-types/core/v1';
import { namespaceOf } from '../../manifests/kinds';
import { containersOf, type PodTemplate } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import { oneOf } from '../../parse/parse';
import type { Check } from '../check';
import { meant } from './meant';
import { selectorOfService } from './selectors';

/** Ports that a pod's containers declare, by name and number. */
const declaredBy = (pod: PodTemplate) =>
  containersOf(pod)
    .filter(({ role }) => role !== 'init')
    .flatMap(({ container }) => container.ports ?? []);

const isDeclared = (ports: Container['ports'] = [], port: number | string, protocol?: string): boolean =>
  ports.some(
    ({ name, containerPort, protocol: own = 'TCP' }) =>
      (typeof port === 'number' ? containerPort === port : name === port) && own === (protocol ?? own),
  );

const declared = (ports: Container['ports'] = []): string =>
  ports.length === 0
    ? 'a port that the containers declare; they declare none'
    : oneOf(
        ports.map(({ name, containerPort }) => (name === undefined ? containerPort : `${name} (${containerPort})`)),
      );

export const serviceTargetsPorts: Check = {
  id: 'references/target-ports',
  what: 'Every port of a Service leads to a port that its pods declare.',
  why: 'A misspelt name resolves to nothing and a wrong number is refused by the pod: the Service has endpoints and answers nobody.',
  exempt: 'A program that listens without declaring it; better declare it.',
  judge: ({ set, report }) => {
    for (const service of set.all('Service')) {
      const matchLabels = selectorOfService(service);
      if (!matchLabels) continue;
      const pods = set.podsChosen(namespaceOf(service), { matchLabels });
      for (const [index, { port, targetPort = port, protocol = 'TCP' }] of (service.spec?.ports ?? []).entries()) {
        for (const pod of pods) {
          const ports = declaredBy(pod);
          if (isDeclared(ports, targetPort, protocol)) continue;
          const at = ['spec', 'ports', index, 'targetPort'];
          report(service, at, `${targetPort} is no ${protocol} port of ${pod.owner.metadata.name}`, declared(ports));
        }
      }
    }
  },
};

export const probesNamePorts: Check = {
  id: 'references/probe-ports',
  what: 'A probe or hook that names a port names one of its container.',
  why: 'The kubelet cannot resolve the name, the probe fails for ever and the pod is restarted or never ready.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { container, path } of containersOf(pod)) {
        for (const { at, port } of portsAsked(container)) {
          if (isDeclared(container.ports, port)) continue;
          report(pod.owner, [...path, ...at], `${port} is no port of its container`, declared(container.ports));
        }
      }
    }
  },
};

type Handler = Pick<Probe, 'httpGet' | 'tcpSocket'>;

/** Ports that probes and hooks of a container ask by name; a number needs no declaration. */
function* portsAsked(container: Container): Generator<{ readonly at: Path; readonly port: string }> {
  const handlers: readonly (readonly [Path, Handler | undefined])[] = [
    [['livenessProbe'], container.livenessProbe],
    [['readinessProbe'], container.readinessProbe],
    [['startupProbe'], container.startupProbe],
    [['lifecycle', 'postStart'], container.lifecycle?.postStart],
    [['lifecycle', 'preStop'], container.lifecycle?.preStop],
  ];
  for (const [at, handler] of handlers) {
    for (const how of ['httpGet', 'tcpSocket'] as const) {
      const port = handler?.[how]?.port;
      if (typeof port === 'string') yield { at: [...at, how, 'port'], port };
    }
  }
}

export const ingressBackends: Check = {
  id: 'references/ingress-backends',
  what: 'Every backend of an Ingress is a rendered Service with that port.',
  why: 'The controller answers 503 and says so in its own log only.',
  exempt: 'A Service of another release in the namespace; the reason names it.',
  judge: ({ set, report }) => {
    for (const ingress of set.all('Ingress')) {
      const { defaultBackend, rules = [] } = ingress.spec ?? {};
      const backends = [
        ...(defaultBackend ? [{ backend: defaultBackend, path: ['spec', 'defaultBackend'] }] : []),
        ...rules.flatMap(({ http }, rule) =>
          (http?.paths ?? []).map(({ backend }, index) => ({
            backend,
            path: ['spec', 'rules', rule, 'http', 'paths', index, 'backend'],
          })),
        ),
      ];
      for (const { backend, path } of backends) {
        if (!backend.service) continue;
        const { name, port = {} } = backend.service;
        const service = set.find('Service', namespaceOf(ingress), name);
        const ports = service?.spec?.ports ?? [];
        const asked = port.name ?? port.number;
        if (!service) {
          const names = set.namesOf('Service', namespaceOf(ingress));
          const right = meant(name, names, 'a rendered Service of its namespace');
          report(ingress, [...path, 'service', 'name'], `${name} is no rendered Service`, right);
        } else if (!ports.some((known) => (port.name === undefined ? known.port : known.name) === asked)) {
          const known = ports.map((each) => String((port.name === undefined ? undefined : each.name) ?? each.port));
          const right = meant(String(asked), known, 'a port that it has');
          report(ingress, [...path, 'service', 'port'], `${asked} is no port of Service ${name}`, right);
        }
      }
    }
  },
};
