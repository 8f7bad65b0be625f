import { graceIsLongEnough } from '../../../../tools/check/capacity/grace';
import { configMap, deployment, found, job, within } from '../references/samples';

const container = (fields: object) => ({ name: 'main', ...fields });
const pod = (grace: number | undefined, ...containers: object[]) =>
  deployment('chat', { terminationGracePeriodSeconds: grace, containers });
const sleeping = (seconds: number) => container({ lifecycle: { preStop: { sleep: { seconds } } } });
const running = (...command: string[]) => container({ lifecycle: { preStop: { exec: { command } } } });
const variables = (values: Record<string, string>) =>
  container({ env: Object.entries(values).map(([name, value]) => ({ name, value })) });
const words = (grace: number, needed: number) =>
  `Deployment/chat spec.template.spec.terminationGracePeriodSeconds: is ${grace} s, and preStop and drain take ${needed} s; expected more than ${needed} s`;

describe('a termination grace', () => {
  it.each([
    ['a preStop that sleeps', sleeping(5), 5],
    ['a command that sleeps', running('sleep', '5'), 5],
    ['a command by its path', running('/bin/sleep', '5'), 5],
    ['a shell that sleeps', running('sh', '-c', 'nginx -s quit; sleep 5'), 5],
    ['a shell that sleeps twice', running('sh', '-c', 'sleep 2 && nginx -s quit && sleep 3'), 5],
    ['a shell with quotes', running('sh', '-c', '"sleep 5"'), 5],
    ['minutes', running('sleep', '1m'), 60],
    ['seconds that are said', running('sleep', '90s'), 90],
    ['hours', running('sleep', '1h'), 3600],
    ['days', running('sleep', '1d'), 86400],
    ['parts of a second', running('sleep', '2.5'), 2.5],
    ['a delay', variables({ SHUTDOWN_DELAY_SECONDS: '5' }), 5],
    ['a drain', variables({ SHUTDOWN_DRAIN_SECONDS: '20' }), 20],
    ['delay and drain', variables({ SHUTDOWN_DELAY_SECONDS: '5', SHUTDOWN_DRAIN_SECONDS: '20' }), 25],
    ['preStop and drain', { ...sleeping(5), ...variables({ SHUTDOWN_DRAIN_SECONDS: '20' }) }, 25],
  ])('of no more than %s is found, and one second more is right', (_, slow, needed) => {
    expect(found(graceIsLongEnough, [pod(Math.floor(needed), slow)])).toEqual([words(Math.floor(needed), needed)]);
    expect(found(graceIsLongEnough, [pod(Math.floor(needed) + 1, slow)])).toEqual([]);
  });

  it('is 30 seconds where it is not said', () => {
    expect(found(graceIsLongEnough, [pod(undefined, sleeping(30))])).toEqual([words(30, 30)]);
    expect(found(graceIsLongEnough, [pod(undefined, sleeping(29))])).toEqual([]);
  });

  it('is for the slowest container: they end beside each other', () => {
    expect(found(graceIsLongEnough, [pod(20, sleeping(10), sleeping(15))])).toEqual([]);
  });

  it('is for sidecars too, which end after the others and one after the other', () => {
    const sidecars = [1, 2].map(() => ({ ...sleeping(5), restartPolicy: 'Always' }));
    const whole = deployment('chat', {
      terminationGracePeriodSeconds: 20,
      containers: [sleeping(10)],
      initContainers: sidecars,
    });
    expect(found(graceIsLongEnough, [whole])).toEqual([words(20, 20)]);
  });

  it('is not for what ended before the pod began', () => {
    const init = [variables({ SHUTDOWN_DRAIN_SECONDS: '20' })];
    expect(
      found(graceIsLongEnough, [deployment('chat', { terminationGracePeriodSeconds: 1, initContainers: init })]),
    ).toEqual([]);
  });

  it.each([
    ['a pod that just ends', container({})],
    ['a command that does something else', running('usleep', '99')],
    ['a command with a name like it', running('no-sleep', '99')],
    ['a variable of another name', variables({ DRAIN_SECONDS: '99' })],
    ['a variable that is no number', variables({ SHUTDOWN_DRAIN_SECONDS: 'long' })],
    [
      'a variable from elsewhere',
      container({ env: [{ name: 'SHUTDOWN_DRAIN_SECONDS', valueFrom: { fieldRef: {} } }] }),
    ],
  ])('of nothing is right for %s', (_, quick) => {
    expect(found(graceIsLongEnough, [pod(0, quick)])).toEqual([]);
  });
});

describe('a drain that a ConfigMap declares', () => {
  const drain = configMap('chat', { SHUTDOWN_DRAIN_SECONDS: '20' });
  const from = (fields: object = {}) => ({ configMapRef: { name: 'chat' }, ...fields });

  it.each([
    ['all its variables', { envFrom: [from()] }, 20],
    [
      'one of its keys',
      {
        env: [
          {
            name: 'SHUTDOWN_DRAIN_SECONDS',
            valueFrom: { configMapKeyRef: { name: 'chat', key: 'SHUTDOWN_DRAIN_SECONDS' } },
          },
        ],
      },
      20,
    ],
    [
      'its variables, one of them overridden',
      { envFrom: [from()], env: [{ name: 'SHUTDOWN_DRAIN_SECONDS', value: '10' }] },
      10,
    ],
  ])('counts as %s', (_, fields, needed) => {
    expect(found(graceIsLongEnough, [drain, pod(5, container(fields))])).toEqual([words(5, needed)]);
  });

  it.each([
    ['of another name', { envFrom: [{ configMapRef: { name: 'other' } }] }],
    ['under another name', { envFrom: [from({ prefix: 'APP_' })] }],
    ['that is a Secret', { envFrom: [{ secretRef: { name: 'chat' } }] }],
  ])('does not count %s', (_, fields) => {
    expect(found(graceIsLongEnough, [drain, pod(5, container(fields))])).toEqual([]);
  });

  it('is that of the namespace', () => {
    expect(found(graceIsLongEnough, [within('other', drain), pod(5, container({ envFrom: [from()] }))])).toEqual([]);
  });

  it('counts under its prefix', () => {
    const half = configMap('chat', { DRAIN_SECONDS: '20' });
    const jobs = job('chat', {
      terminationGracePeriodSeconds: 5,
      containers: [container({ envFrom: [from({ prefix: 'SHUTDOWN_' })] })],
    });
    expect(found(graceIsLongEnough, [half, jobs])).toHaveLength(1);
  });
});
