import { findingsAfter, type Hardened, rulesAfter, table } from './hardened';

const only = (rule: string) => [rule];

describe('hardening/host', () => {
  it.each(
    table({
      'the host network': ({ pod }) => Object.assign(pod.spec, { hostNetwork: true }),
      'processes of the host': ({ pod }) => Object.assign(pod.spec, { hostPID: true }),
      'IPC of the host': ({ pod }) => Object.assign(pod.spec, { hostIPC: true }),
      'a port of the host': ({ container }) => Object.assign(container.ports[0], { hostPort: 80 }),
      'a host process of Windows, of the pod': ({ pod }) =>
        Object.assign(pod.spec.securityContext, { windowsOptions: { hostProcess: true } }),
      'a host process of Windows, of a container': ({ container }) =>
        Object.assign(container.securityContext, { windowsOptions: { hostProcess: true } }),
      'liveness that asks elsewhere': ({ container }) =>
        Object.assign(container.livenessProbe.httpGet, { host: '192.0.2.1' }),
      'readiness that asks elsewhere': ({ container }) =>
        Object.assign(container.readinessProbe.httpGet, { host: '192.0.2.1' }),
      'startup that asks elsewhere': ({ container }) => {
        container.startupProbe = { tcpSocket: { port: 1, host: '192.0.2.1' } };
      },
      'a hook before the stop that asks elsewhere': ({ container }) => {
        container.lifecycle = { preStop: { httpGet: { port: 1, host: '192.0.2.1' } } };
      },
      'a hook after the start that asks elsewhere': ({ container }) => {
        container.lifecycle = { postStart: { tcpSocket: { port: 1, host: '192.0.2.1' } } };
      },
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(only('hardening/host'));
  });

  it('lets a hostPort of 0 pass: it is none', () => {
    expect(rulesAfter(({ container }) => Object.assign(container.ports[0], { hostPort: 0 }))).toEqual([]);
  });

  it('judges init containers too', () => {
    const change = ({ pod, container }: Hardened) => {
      pod.spec.initContainers = [{ ...container, name: 'init', ports: [{ containerPort: 1, hostPort: 1 }] }];
    };
    expect(findingsAfter(change).map(({ at }) => at)).toEqual([
      'Deployment/web spec.template.spec.initContainers[0].ports[0].hostPort',
    ]);
  });
});

describe('hardening/volumes', () => {
  it.each(['hostPath', 'nfs', 'iscsi', 'gitRepo'])('finds a volume of type %s', (type) => {
    expect(rulesAfter(({ pod }) => pod.spec.volumes.push({ name: 'more', [type]: { path: '/data' } }))).toEqual(
      only('hardening/volumes'),
    );
  });

  it.each(['configMap', 'csi', 'downwardAPI', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'])(
    'lets %s pass',
    (type) => {
      expect(rulesAfter(({ pod }) => pod.spec.volumes.push({ name: 'more', [type]: {} }))).toEqual([]);
    },
  );
});

it('a pod without volumes has no forbidden one', () => {
  expect(rulesAfter(({ pod }) => delete pod.spec.volumes)).toEqual([]);
});

describe('hardening/kernel', () => {
  it.each(
    table({
      'an unmasked /proc': ({ container }) => Object.assign(container.securityContext, { procMount: 'Unmasked' }),
      'AppArmor off for the pod': ({ pod }) =>
        Object.assign(pod.spec.securityContext, { appArmorProfile: { type: 'Unconfined' } }),
      'AppArmor off for a container': ({ container }) =>
        Object.assign(container.securityContext, { appArmorProfile: { type: 'Unconfined' } }),
      'AppArmor off by annotation': ({ pod }) => {
        pod.metadata.annotations['container.apparmor.security.beta.kubernetes.io/web'] = 'unconfined';
      },
      'a type of SELinux that is not of containers': ({ pod }) =>
        Object.assign(pod.spec.securityContext, { seLinuxOptions: { type: 'spc_t' } }),
      'a user of SELinux': ({ container }) =>
        Object.assign(container.securityContext, { seLinuxOptions: { user: 'sysadm_u' } }),
      'a role of SELinux': ({ container }) =>
        Object.assign(container.securityContext, { seLinuxOptions: { role: 'sysadm_r' } }),
      'a sysctl of the node': ({ pod }) =>
        Object.assign(pod.spec.securityContext, { sysctls: [{ name: 'kernel.msgmax', value: '1' }] }),
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(only('hardening/kernel'));
  });

  it.each(
    table({
      'a masked /proc': ({ container }) => Object.assign(container.securityContext, { procMount: 'Default' }),
      "AppArmor's default": ({ pod }) =>
        Object.assign(pod.spec.securityContext, { appArmorProfile: { type: 'RuntimeDefault' } }),
      'AppArmor by annotation': ({ pod }) => {
        pod.metadata.annotations['container.apparmor.security.beta.kubernetes.io/web'] = 'runtime/default';
        pod.metadata.annotations['container.apparmor.security.beta.kubernetes.io/init'] = 'localhost/web';
      },
      'another annotation': ({ pod }) => {
        pod.metadata.annotations['example.com/profile'] = 'unconfined';
      },
      'a profile of AppArmor that is empty': ({ pod }) => {
        pod.metadata.annotations['container.apparmor.security.beta.kubernetes.io/web'] = '';
      },
      'a level of SELinux': ({ pod }) =>
        Object.assign(pod.spec.securityContext, { seLinuxOptions: { type: '', level: 's0:c1' } }),
    }),
  )('lets $title pass', ({ change }) => {
    expect(rulesAfter(change)).toEqual([]);
  });

  it.each(['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'])(
    'lets %s pass, a type of SELinux that is of containers',
    (type) => {
      const change = ({ pod }: Hardened) => Object.assign(pod.spec.securityContext, { seLinuxOptions: { type } });
      expect(rulesAfter(change)).toEqual([]);
    },
  );

  it.each([
    'kernel.shm_rmid_forced',
    'net.ipv4.ip_local_port_range',
    'net.ipv4.ip_local_reserved_ports',
    'net.ipv4.ip_unprivileged_port_start',
    'net.ipv4.ping_group_range',
    'net.ipv4.tcp_fin_timeout',
    'net.ipv4.tcp_keepalive_intvl',
    'net.ipv4.tcp_keepalive_probes',
    'net.ipv4.tcp_keepalive_time',
    'net.ipv4.tcp_rmem',
    'net.ipv4.tcp_syncookies',
    'net.ipv4.tcp_wmem',
  ])("lets %s pass, a sysctl of the pod's own", (name) => {
    const change = ({ pod }: Hardened) => Object.assign(pod.spec.securityContext, { sysctls: [{ name, value: '1' }] });
    expect(rulesAfter(change)).toEqual([]);
  });
});
