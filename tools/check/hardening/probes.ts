/** How kubelet knows what a container can do. Source: kube-score "pod-probes", "pod-probes-identical". */
import type { Container, Probe } from 'kubernetes-types/core/v1';
import { containersOf, type LocatedContainer, type PodTemplate } from '../../manifests/pods';
import type { Check } from '../check';
import { chosenBy } from './chosen-by';

/** Pods that are there to end: a probe would have nothing to say. */
const ends = ({ owner, spec }: PodTemplate): boolean =>
  owner.kind === 'Job' ||
  owner.kind === 'CronJob' ||
  spec.restartPolicy === 'Never' ||
  spec.restartPolicy === 'OnFailure';

const runningContainers = (pod: PodTemplate): LocatedContainer[] =>
  containersOf(pod).filter(({ role }) => role !== 'init');

export const probes: Check = {
  id: 'hardening/probes',
  what: 'Every container that keeps running has a liveness and a startup probe, and a readiness probe where a Service sends it traffic. Jobs need none.',
  why: 'Without readiness, requests reach a pod that cannot answer; without liveness, a hung one stays; without startup, a slow start is taken for a hang.',
  exempt: 'A container that ends by itself whenever it is unwell may do without liveness; say how it notices.',
  judge: ({ set, report }) => {
    const servicesOf = chosenBy(set.all('Service'), ({ spec }) => spec?.selector && { matchLabels: spec.selector });
    for (const pod of set.pods) {
      if (ends(pod)) continue;
      const [service] = servicesOf(pod);
      const running = runningContainers(pod);
      const portsAreKnown = running.some(hasPorts);
      for (const located of running) {
        const { livenessProbe, startupProbe, readinessProbe } = located.container;
        const missing = (probe: string, wrong: string, right: string) =>
          report(pod.owner, [...located.path, probe], wrong, right);
        if (!livenessProbe) missing('livenessProbe', 'is missing', 'a probe that fails where only a restart helps');
        if (!startupProbe) missing('startupProbe', 'is missing', 'a probe that gives the start its own time');
        if (readinessProbe || !service || (portsAreKnown && !hasPorts(located))) continue;
        const wrong = `is missing, and Service ${service.metadata.name} sends traffic here`;
        missing('readinessProbe', wrong, 'a probe that fails while the container cannot serve');
      }
    }
  },
};

const hasPorts = ({ container }: LocatedContainer): boolean => (container.ports ?? []).length > 0;

export const distinctProbes: Check = {
  id: 'hardening/distinct-probes',
  what: 'Liveness and readiness ask different questions: another path or port, another command, another service.',
  why: 'If they are one, whatever makes a pod unready (a store that is away) restarts it too, and all its siblings with it.',
  exempt: 'A container that depends on nothing and serves nothing but that one answer.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { container, path } of runningContainers(pod)) {
        const { livenessProbe, readinessProbe } = container;
        if (!livenessProbe || !readinessProbe) continue;
        const question = questionOf(livenessProbe, container);
        if (question !== questionOf(readinessProbe, container)) continue;
        const right = 'a question of its own: whether only a restart helps, not whether traffic may come';
        report(pod.owner, [...path, 'livenessProbe'], 'asks what readinessProbe asks', right);
      }
    }
  },
};

/** What a probe asks, without how often and how patiently; a port's name means its number. */
function questionOf({ httpGet, tcpSocket, exec, grpc }: Probe, { ports = [] }: Container): string {
  const numberOf = (port: string | number) => ports.find(({ name }) => name === port)?.containerPort ?? port;
  return JSON.stringify([
    httpGet && [httpGet.path ?? '/', numberOf(httpGet.port)],
    tcpSocket && numberOf(tcpSocket.port),
    exec?.command,
    grpc && [grpc.port, grpc.service ?? ''],
  ]);
}
