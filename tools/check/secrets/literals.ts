/** Credentials that are written out where a name says so. */

import type { Typed } from '../../manifests/kinds';
import { containersOf } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';
import type { Check, Subject } from '../check';
import { type Assignment, assignmentsIn } from './assignments';
import { commandsOf, flagsIn } from './commands';
import { hidden, isCredential } from './credential';
import { textsIn, textsOf } from './texts';

const LIMITS = 'A name that no list knows, a comment, and a field of a custom resource pass.';
const FROM_SECRET = 'a file or a secretKeyRef from a Secret of the contract';

export const env: Check = {
  id: 'secrets/env',
  what: 'No environment variable holds a credential: none whose name asks for one has a literal value, none sets one within its value. References and paths of files are none.',
  why: 'Git keeps it for good, and so do backups of the cluster; everybody who may look at the pod reads it.',
  exempt: `A public default that opens nothing; say why nothing listens to it. ${LIMITS}`,
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { container, path } of containersOf(pod)) {
        for (const [index, { name, value }] of (container.env ?? []).entries()) {
          if (typeof value !== 'string') continue;
          const field = [...path, 'env', index, 'value'];
          if (isCredential(name, value))
            report(pod.owner, field, `${name} is a literal, ${hidden(value)}`, FROM_SECRET);
          else tell(report, pod.owner, field, assignmentsIn(value));
        }
      }
    }
  },
};

export const commandLine: Check = {
  id: 'secrets/arguments',
  what: 'No command line holds a credential: not the command and arguments of a container, of a probe or of a hook.',
  why: 'Besides git, every process of the pod reads it in /proc, and so does whoever lists the processes of the node.',
  exempt: `What is called a token and is none (etcd's --initial-cluster-token), or opens nothing; say so. Short flags are known of mysql, mariadb, redis-cli, mongo, ldap, sshpass and curl alone. ${LIMITS}`,
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { container, path } of containersOf(pod)) {
        for (const command of commandsOf(container, path)) {
          for (const { path, text } of command) tell(report, pod.owner, path, assignmentsIn(text));
          for (const flag of flagsIn(command)) tell(report, pod.owner, flag.path, [flag]);
        }
      }
    }
  },
};

export const configMap: Check = {
  id: 'secrets/config-map',
  what: 'No ConfigMap holds a credential: not as a key of its own, not as a setting within a file, not encoded as base64.',
  why: 'ConfigMaps are for everybody who may look into the namespace; few clusters encrypt them or record who reads them.',
  exempt: `Documentation that shows an example; say that the example opens nothing. ${LIMITS}`,
  judge: ({ set, report }) => {
    for (const object of set.all('ConfigMap')) {
      for (const { list, key, text } of valuesOf(object)) {
        const path = [list, key];
        const value = text.trim();
        if (!value.includes('\n') && isCredential(key, value)) {
          report(object, path, `is a literal, ${hidden(value)}`, FROM_SECRET);
        } else {
          for (const inner of textsIn(text, path)) tell(report, object, path, assignmentsIn(inner.text));
        }
      }
    }
  },
};

const valuesOf = ({ data = {}, binaryData = {} }: Typed<'ConfigMap'>) => [
  ...Object.entries(data).map(([key, text]) => ({ list: 'data', key, text })),
  ...Object.entries(binaryData).map(([key, encoded]) => ({
    list: 'binaryData',
    key,
    text: Buffer.from(encoded, 'base64').toString('utf8'),
  })),
];

export const annotation: Check = {
  id: 'secrets/annotations',
  what: 'No annotation holds a credential, neither as its value nor within it. The name of a Secret is none.',
  why: 'Annotations are shown by every describe and copied into logs and dashboards.',
  exempt: `Controllers that take a password in no other way; say which. ${LIMITS}`,
  judge: ({ set, report }) => {
    for (const object of set.objects) {
      for (const { path, text } of textsOf(object)) {
        if (path.at(-2) !== 'annotations') continue;
        const name = String(path.at(-1)).replace(/.*\//, '');
        if (isCredential(name, text) && !namesSecret(name, text))
          report(object, path, `is a literal, ${hidden(text)}`, FROM_SECRET);
        else tell(report, object, path, assignmentsIn(text));
      }
    }
  },
};

/** `auth-secret: basic-auth` and `auth-secret: infra/basic-auth` say which Secret is meant. */
const namesSecret = (key: string, value: string): boolean =>
  /secret$/i.test(key) && /^([a-z0-9-]+\/)?[a-z0-9.-]+$/.test(value);

function tell(report: Subject['report'], object: Manifest, path: Path, assignments: readonly Assignment[]): void {
  for (const { name, value } of assignments)
    report(object, path, `gives ${name} a literal, ${hidden(value)}`, FROM_SECRET);
}
