import { chat } from '../../../charts/apps/chat';
import { environments } from '../../../charts/environments';
import { kind } from '../../../charts/environments/kind';
import { lab } from '../../../charts/environments/lab';
import { production } from '../../../charts/environments/production';
import { redis } from '../../../charts/stores/redis';
import { faultsOf } from '../../support/faults';
import { render, sampleEnvironment } from '../../support/rendered';

const container = (environment: Parameters<typeof render>[0]) =>
  render(environment).object('Deployment', 'chat').spec.template.spec.containers[0];
const settings = (environment: Parameters<typeof render>[0]) => render(environment).object('ConfigMap', 'chat').data;
const autoscaler = (environment: Parameters<typeof render>[0]) => {
  const { spec } = render(environment).object('HorizontalPodAutoscaler', 'chat');
  return [
    spec.minReplicas,
    spec.maxReplicas,
    ...spec.metrics.map(
      (metric: { resource: { target: { averageUtilization: number } } }) => metric.resource.target.averageUtilization,
    ),
  ];
};

describe('chat', () => {
  it('keeps everything in Redis in production, and calls no other store', () => {
    expect(settings(production)).toMatchObject({
      REDIS_URL: 'redis://redis:6379',
      REDIS_USERNAME: 'chat',
    });
    expect(Object.keys(settings(production)).filter((name) => name.startsWith('MYSQL'))).toEqual([]);
  });

  it('keeps accounts, rooms and messages in MySQL on kind; Redis stays the broker', () => {
    expect(settings(kind)).toMatchObject({
      MYSQL_HOST: 'mysql',
      MYSQL_PORT: '3306',
      REDIS_URL: 'redis://redis:6379',
    });
  });

  it('takes user and database from MySQL’s own ConfigMap, so that they are typed once', () => {
    expect(container(kind).env.slice(0, 2)).toEqual([
      { name: 'MYSQL_USER', valueFrom: { configMapKeyRef: { name: 'mysql', key: 'mysql_user' } } },
      { name: 'MYSQL_DATABASE', valueFrom: { configMapKeyRef: { name: 'mysql', key: 'mysql_database' } } },
    ]);
  });

  it('gets passwords by reference only', () => {
    expect(container(production).env.map(({ name }: { name: string }) => name)).toEqual([
      'SESSION_KEY_FILE',
      'REDIS_PASSWORD_FILE',
    ]);
    expect(container(kind).env.slice(2)).toEqual(
      [
        ['SESSION_KEY', 'chat', 'session_key'],
        ['REDIS_PASSWORD', 'redis', 'chat_password'],
        ['MYSQL_PASSWORD', 'mysql', 'password'],
      ].map(([name, secret, key]) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } })),
    );
  });

  it('scales from three to ten on CPU and memory in production, from two to four on CPU elsewhere', () => {
    expect(autoscaler(production)).toEqual([3, 10, 70, 80]);
    expect(autoscaler(kind)).toEqual([2, 4, 70]);
    expect(autoscaler(lab)).toEqual([2, 4, 70]);
  });

  it('may wait for its stores as long as it is told to, and half a minute more, before it is restarted', () => {
    const { startupProbe } = container(production);
    expect(startupProbe.httpGet.path).toBe('/health');
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBe(
      Number(settings(production).STORE_WAIT_SECONDS) + 30,
    );
  });

  it('drains before it is killed', () => {
    const { SHUTDOWN_DELAY_SECONDS: delay, SHUTDOWN_DRAIN_SECONDS: drain } = settings(production);
    const grace = render(production).object('Deployment', 'chat').spec.template.spec.terminationGracePeriodSeconds;
    expect(grace).toBe(Number(delay) + Number(drain) + 10);
  });

  it('serves metrics on a port that the Service does not have', () => {
    const ports = container(production).ports.map(
      ({ name, containerPort }: { name: string; containerPort: number }) => [name, containerPort],
    );
    expect(ports).toEqual([
      ['http', 8080],
      ['metrics', 9090],
    ]);
    const { ports: published } = render(production).object('Service', 'chat').spec;
    expect(published.map(({ targetPort }: { targetPort: string }) => targetPort)).toEqual(['http']);
  });

  it.each(environments)(
    'accepts in $name the page’s own origin, and insists on a secure cookie where there is TLS',
    (environment) => {
      const { rules, tls } = render(environment).object('Ingress', 'chat').spec;
      const { ORIGINS, COOKIE_SECURE } = settings(environment);
      expect(ORIGINS).toBe(`${tls ? 'https' : 'http'}://${rules[0].host}`);
      expect(COOKIE_SECURE).toBe(String(tls !== undefined));
    },
  );

  it('trusts the ingress controller, and nobody else, to say where a request comes from', () => {
    expect(settings(production).PROXY_HOPS).toBe('1');
    const exposed = sampleEnvironment([
      redis({ resources: { cpu: ['100m', '100m'], memory: ['256Mi', '256Mi'] }, storage: '1Gi' }),
      chat({ store: 'redis', origins: ['https://chat.example.com'] }),
    ]);
    expect(render(exposed).object('ConfigMap', 'chat').data.PROXY_HOPS).toBe('0');
  });

  it.each([
    [
      { origins: ['http://chat.example.com'] },
      'sample.chat.origins: http://chat.example.com has no TLS, and browsers send a secure cookie over nothing else; expected https, or cookie: { secure: false }',
    ],
    [
      { origins: ['http://chat.example.com'], cookie: { secure: false } },
      "sample.chat.cookie.secure: false sends sessions and passwords in the clear, which this environment refuses; expected TLS, or plainHttp: 'allowed' in charts/environments/sample.ts",
    ],
  ])('refuses %j where plain HTTP was not allowed', (props, fault) => {
    expect(faultsOf(() => render(sampleEnvironment([chat({ store: 'redis', ...props })])))).toEqual([fault]);
  });

  it.each([
    [[], 'sample.chat.origins: [] is too small; expected at least 1 entry'],
    [
      ['chat.example.com'],
      'sample.chat.origins.0: "chat.example.com" is not an origin such as https://chat.example.com',
    ],
  ])('refuses origins %j', (origins, fault) => {
    expect(faultsOf(() => render(sampleEnvironment([chat({ store: 'redis', origins })])))).toEqual([fault]);
  });
});
