/** What the charts tell the chat is what the chat understands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatSettings, contradictions } from '../../../app/chat/src/settings';
import { ANSWER_LIMIT } from '../../../app/common/src/readiness';
import { LAST_SECONDS } from '../../../app/common/src/service';
import { readSettings, type SettingTable } from '../../../app/common/src/settings';
import { environments } from '../../../charts/environments';
import { type RenderedEnvironment, render } from '../../support/rendered';

const table: SettingTable = chatSettings;
const SECRET = 'a secret that is long enough to be a key';

interface Variable {
  readonly name: string;
  /** Undefined where it comes from a Secret. */
  readonly value?: string;
}

const podOf = (rendered: RenderedEnvironment) => rendered.object('Deployment', 'chat').spec.template.spec;

/** Every variable that the chat's container gets. */
function variablesOf(rendered: RenderedEnvironment): Variable[] {
  const [container] = podOf(rendered).containers;
  const settings = rendered.object('ConfigMap', container.envFrom[0].configMapRef.name).data;
  const own = Object.entries<string>(settings).map(([name, value]) => ({ name, value }));
  const single = container.env.map(
    ({
      name,
      value,
      valueFrom,
    }: {
      name: string;
      value?: string;
      valueFrom?: { configMapKeyRef?: { name: string; key: string } };
    }) => {
      const { name: map, key } = valueFrom?.configMapKeyRef ?? {};
      return { name, value: map && key ? rendered.object('ConfigMap', map).data[key] : value };
    },
  );
  return [...own, ...single];
}

describe.each(environments.map((environment) => [environment.name, render(environment)] as const))(
  'the chat of %s',
  (_, rendered) => {
    const variables = variablesOf(rendered);
    const settingOf = (name: string) => (name in table ? name : name.replace(/_FILE$/, ''));

    it('is told nothing that its table does not know', () => {
      expect(variables.map(({ name }) => settingOf(name)).filter((name) => !(name in table))).toEqual([]);
    });

    it('is told everything in one way: by a variable or by a file', () => {
      const names = variables.map(({ name }) => settingOf(name));
      expect(names).toEqual([...new Set(names)]);
    });

    it('gets secrets as secrets, and nothing else so', () => {
      for (const { name, value } of variables) {
        const secret = table[settingOf(name)]?.secret ?? false;
        const fromSecret = value === undefined || name.endsWith('_FILE');
        expect([name, fromSecret]).toEqual([name, secret]);
      }
    });

    it('starts with what it is told', () => {
      const read = variables.map(({ name, value }) => [
        settingOf(name),
        name.endsWith('_FILE') ? SECRET : (value ?? SECRET),
      ]);
      expect(contradictions(readSettings(chatSettings, Object.fromEntries(read)))).toEqual([]);
    });

    it('finds the files that it is told of', () => {
      const pod = podOf(rendered);
      const files = variables.filter(({ name }) => name.endsWith('_FILE')).map(({ value }) => value ?? '');
      const mounts = pod.containers[0].volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
      for (const file of files)
        expect([file, mounts.some((mount: string) => file.startsWith(`${mount}/`))]).toEqual([file, true]);
    });

    it('listens on every address of its pod, which its image says', () => {
      const image = readFileSync(join(__dirname, '../../../app/chat/Dockerfile'), 'utf8');
      expect(variables.map(({ name }) => name)).not.toContain('HOST');
      expect(image).toMatch(/^ENV .*\bHOST=0\.0\.0\.0\b/m);
    });

    it('listens on the ports that its container opens', () => {
      const of = (name: string) => Number(variables.find((variable) => variable.name === name)?.value);
      const ports = Object.fromEntries(
        podOf(rendered).containers[0].ports.map(({ name, containerPort }: { name: string; containerPort: number }) => [
          name,
          containerPort,
        ]),
      );
      expect(ports).toEqual({ http: of('PORT'), metrics: of('METRICS_PORT') });
    });

    it('knows within half of a probe’s patience whether its stores answer', () => {
      const { readinessProbe } = podOf(rendered).containers[0];
      expect(readinessProbe.httpGet.path).toBe('/ready');
      expect(ANSWER_LIMIT).toBeLessThanOrEqual((readinessProbe.timeoutSeconds * 1_000) / 2);
    });

    it('is never restarted for a store: liveness asks for the event loop alone', () => {
      const { livenessProbe, startupProbe } = podOf(rendered).containers[0];
      expect([livenessProbe.httpGet.path, startupProbe.httpGet.path]).toEqual(['/health', '/health']);
    });

    it('serves on after SIGTERM until its probe has said no, and has time for all of its end', () => {
      const { terminationGracePeriodSeconds: grace, containers } = podOf(rendered);
      const { SHUTDOWN_DELAY_SECONDS: delay = 0, SHUTDOWN_DRAIN_SECONDS: drain = 0 } = readSettings(
        {
          SHUTDOWN_DELAY_SECONDS: chatSettings.SHUTDOWN_DELAY_SECONDS,
          SHUTDOWN_DRAIN_SECONDS: chatSettings.SHUTDOWN_DRAIN_SECONDS,
        },
        Object.fromEntries(variables.map(({ name, value }) => [name, value])),
      );
      expect(delay).toBeGreaterThanOrEqual(5);
      expect(grace).toBeGreaterThan(delay + drain + LAST_SECONDS);
      // One wait is enough: the application's own, or the hook's.
      expect(containers[0].lifecycle?.preStop).toBeUndefined();
    });
  },
);
