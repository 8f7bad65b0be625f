/** What a pod shares with its node. Source: Pod Security Standards, baseline and restricted, as of 1.36. */
import type { Container } from 'kubernetes-types/core/v1';
import { containersOf, valueAt } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import { oneOf, show } from '../../parse/parse';
import type { Check } from '../check';
import { contextsOf } from './settings';

const NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

/** Where a probe or a hook names whom it asks. */
const ASKED: readonly Path[] = [
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => [probe]),
  ...['postStart', 'preStop'].map((hook) => ['lifecycle', hook]),
].flatMap((path) => ['httpGet', 'tcpSocket'].map((action) => [...path, action, 'host']));

export const host: Check = {
  id: 'hardening/host',
  what: 'No pod takes part in its node: no host network, PID or IPC namespace, no hostPort, no Windows host process; probes and hooks ask the pod itself.',
  why: "Such a pod sees the node's traffic and processes, passes by network policies, or sends kubelet where a manifest points it.",
  exempt: 'Node agents (a CNI, a log collector, node-exporter); say which of these it needs and why.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const field of NAMESPACES) {
        if (pod.spec[field]) report(pod.owner, [...pod.path, 'spec', field], 'is true', 'false, or no such field');
      }
      for (const { context, path } of contextsOf(pod)) {
        if (!context.windowsOptions?.hostProcess) continue;
        report(pod.owner, [...path, 'windowsOptions', 'hostProcess'], 'is true', 'false, or no such field');
      }
      for (const { container, path } of containersOf(pod)) {
        for (const [index, { hostPort }] of (container.ports ?? []).entries()) {
          if (!hostPort) continue;
          report(
            pod.owner,
            [...path, 'ports', index, 'hostPort'],
            `is ${hostPort}`,
            'no such field: a Service brings traffic to the pod',
          );
        }
        for (const { asked, name } of askedHosts(container)) {
          report(
            pod.owner,
            [...path, ...asked],
            `is ${show(name)}`,
            "no such field: kubelet then asks the pod's own address",
          );
        }
      }
    }
  },
};

const askedHosts = (container: Container) =>
  ASKED.map((asked) => ({ asked, name: valueAt(container, asked) })).filter(({ name }) => Boolean(name));

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

export const volumes: Check = {
  id: 'hardening/volumes',
  what: "Volumes are of the restricted profile's types; hostPath and network file systems by address are not.",
  why: 'A hostPath is a door to the node: its runtime socket, its credentials, other pods; an address in a pod passes by StorageClasses and their rights.',
  exempt: 'Node agents that read a fixed path; say which path, and that it is mounted read-only.',
  judge: ({ set, report }) => {
    for (const { owner, spec, path } of set.pods) {
      for (const [index, { name: _, ...source }] of (spec.volumes ?? []).entries()) {
        for (const type of Object.keys(source)) {
          if (VOLUMES.includes(type)) continue;
          report(
            owner,
            [...path, 'spec', 'volumes', index, type],
            'is a volume type that the restricted profile forbids',
            oneOf(VOLUMES),
          );
        }
      }
    }
  },
};

/** Settings of the kernel that are the pod's own. */
const SYSCTLS = [
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
];
const SELINUX_TYPES = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

export const kernel: Check = {
  id: 'hardening/kernel',
  what: 'Nothing loosens what the kernel keeps from pods: /proc is masked, sysctls are safe ones, AppArmor confines, SELinux types are those of containers.',
  why: 'Each is a wall between a taken-over container and its node; an unsafe sysctl changes the node for every pod on it.',
  exempt: 'A workload whose vendor documents the sysctl or the profile that it needs; name that page.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { context, path } of contextsOf(pod)) {
        const hold = (field: Path, fits: (value: string) => boolean, right: string) => {
          const value = valueAt(context, field);
          if (typeof value === 'string' && value !== '' && !fits(value))
            report(pod.owner, [...path, ...field], `is ${show(value)}`, right);
        };
        hold(['procMount'], (mount) => mount === 'Default', '`Default`, or no such field');
        hold(['appArmorProfile', 'type'], (type) => type !== 'Unconfined', '`RuntimeDefault` or `Localhost`');
        hold(['seLinuxOptions', 'type'], (type) => SELINUX_TYPES.includes(type), oneOf(SELINUX_TYPES));
        for (const field of ['user', 'role']) hold(['seLinuxOptions', field], () => false, 'no such field');
        for (const [index, { name }] of (context.sysctls ?? []).entries()) {
          if (SYSCTLS.includes(name)) continue;
          report(pod.owner, [...path, 'sysctls', index, 'name'], `is ${show(name)}`, oneOf(SYSCTLS));
        }
      }
      for (const [key, value] of Object.entries(pod.annotations)) {
        if (!key.startsWith(APPARMOR_ANNOTATION) || /^(runtime\/default|localhost\/.*|)$/.test(value)) continue;
        report(
          pod.owner,
          [...pod.path, 'metadata', 'annotations', key],
          `is ${show(value)}`,
          '`runtime/default` or a `localhost/` profile',
        );
      }
    }
  },
};
