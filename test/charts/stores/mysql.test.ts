import { kind } from '../../../charts/environments/kind';
import { mysql } from '../../../charts/stores/mysql';
import { bytes } from '../../../tools/parse/quantity';
import { faultsOf } from '../../support/faults';
import { render, sampleEnvironment } from '../../support/rendered';

const rendered = render(kind);
const { spec } = rendered.object('StatefulSet', 'mysql').spec.template;
const [container] = spec.containers;

describe('mysql', () => {
  it('has user and database in a ConfigMap and reads them from there', () => {
    expect(rendered.object('ConfigMap', 'mysql').data).toMatchObject({ mysql_user: 'chat', mysql_database: 'chat' });
    expect(container.env.slice(0, 2)).toEqual([
      { name: 'MYSQL_USER', valueFrom: { configMapKeyRef: { name: 'mysql', key: 'mysql_user' } } },
      { name: 'MYSQL_DATABASE', valueFrom: { configMapKeyRef: { name: 'mysql', key: 'mysql_database' } } },
    ]);
  });

  it('has both passwords by reference, and lets root in from its own pod alone', () => {
    expect(container.env.slice(2)).toEqual([
      { name: 'MYSQL_ROOT_HOST', value: 'localhost' },
      { name: 'MYSQL_ROOT_PASSWORD', valueFrom: { secretKeyRef: { name: 'mysql', key: 'root_pass' } } },
      { name: 'MYSQL_PASSWORD', valueFrom: { secretKeyRef: { name: 'mysql', key: 'password' } } },
    ]);
  });

  it('has ten minutes for its first start: killed half-way, it never gets its users', () => {
    expect(container.startupProbe.periodSeconds * container.startupProbe.failureThreshold).toBe(600);
    expect(container.startupProbe.exec).toEqual({ command: ['sh', '/etc/slipway/probe.sh'] });
  });

  it('is ready when it answers a query, and alive while it accepts connections', () => {
    expect(container.readinessProbe.exec).toEqual({ command: ['sh', '/etc/slipway/probe.sh'] });
    expect(container.livenessProbe.tcpSocket).toEqual({ port: 'mysql' });
  });

  it('may write its data, its socket and temporary tables', () => {
    const writable = container.volumeMounts.filter(({ readOnly }: { readOnly?: boolean }) => !readOnly);
    expect(writable.map(({ mountPath }: { mountPath: string }) => mountPath).sort()).toEqual([
      '/tmp',
      '/var/lib/mysql',
      '/var/run/mysqld',
    ]);
  });

  it('lists the application’s password first: changing it takes the root password that its pod was started with', () => {
    const [secret] = rendered.facts.secrets.filter(({ name }) => name === 'mysql');
    expect(Object.keys(secret?.rotations ?? {})).toEqual(['password', 'root_pass']);
  });

  it('finds the script that changes a password where the contract calls it', () => {
    expect(container.volumeMounts).toContainEqual({ name: 'scripts', mountPath: '/etc/slipway', readOnly: true });
    const { configMap } = spec.volumes.find(({ name }: { name: string }) => name === 'scripts');
    expect(configMap.items).toContainEqual({ key: 'rotate.sh', path: 'rotate.sh' });
  });

  it('reads its configuration where the image looks for it', () => {
    expect(container.volumeMounts).toContainEqual({ name: 'config', mountPath: '/etc/mysql/conf.d', readOnly: true });
    expect(spec.volumes).toContainEqual({
      name: 'config',
      configMap: { name: 'mysql', items: [{ key: 'my.cnf', path: 'slipway.cnf' }] },
    });
  });

  it('gives half of its memory to the buffer pool, and asks no DNS that its policy denies', () => {
    const { 'my.cnf': config } = rendered.object('ConfigMap', 'mysql').data;
    expect(config).toContain(`innodb_buffer_pool_size = ${(bytes('1Gi') ?? 0) / 2}\n`);
    expect(config).toContain('skip_name_resolve = ON\n');
  });

  it('opens no second port', () => {
    expect(rendered.object('ConfigMap', 'mysql').data['my.cnf']).toContain('mysqlx = OFF\n');
    expect(container.ports).toEqual([{ name: 'mysql', containerPort: 3306, protocol: 'TCP' }]);
  });

  it('has time to write its buffer pool back before it is killed', () => {
    expect(spec.terminationGracePeriodSeconds).toBe(120);
  });

  it.each(['Chat', '1chat', 'chat-app', ''])('refuses %j as the name of a database', (database) => {
    const store = mysql({
      user: 'chat',
      database,
      resources: { cpu: ['1', '1'], memory: ['1Gi', '1Gi'] },
      storage: '1Gi',
    });
    expect(faultsOf(() => render(sampleEnvironment([store])))).toEqual([
      expect.stringMatching(/^sample\.mysql\.database: is not a name of/),
    ]);
  });
});
