import { oneOf } from '../../parse/parse';
import type { ContractSecret } from '../../render/inventory';
import type { Manifest } from '../../render/order';
import type { Check, Subject } from '../check';
import { meant } from './meant';
import { type Reference, secretReferences } from './names';

export const secretsInContract: Check = {
  id: 'references/secret-contract',
  what: 'Every Secret and key that is read stands in the contract with its reader, and every entry of the contract is read.',
  why: 'A pod whose Secret nobody creates never starts; a key that nobody reads is a credential lying about.',
  exempt: 'A Secret that an operator of the cluster makes, which the reason names.',
  judge: (subject) => {
    const { set, inventory, report, cannotJudge } = subject;
    const contract = new Map(inventory?.secrets.map((secret) => [secret.name, secret]));
    const read = new Set<string>();
    const unknown = new Set<string>();
    for (const reference of secretReferences(set)) {
      const { from, path, namespace, name, keys, optional, reader } = reference;
      const rendered = set.find('Secret', namespace, name);
      const secret = namespace === inventory?.namespace ? contract.get(name) : undefined;
      if (rendered) {
        judgeRendered(subject, reference, Object.keys({ ...rendered.data, ...rendered.stringData }));
        continue;
      }
      if (!secret) {
        if (optional) continue;
        if (!inventory) unknown.add(name);
        else
          report(
            from,
            path,
            `reads the Secret ${name}, which is not in the contract`,
            inContract([...contract.keys()]),
          );
        continue;
      }
      for (const key of keys ?? Object.keys(secret.keys)) {
        const readers = secret.keys[key];
        read.add(`${name}/${key}/${reader}`);
        if (readers?.includes(reader) || (!readers && optional)) continue;
        const wrong = readers
          ? `${reader} reads the key ${key} of Secret ${name}, and the contract does not say so`
          : `reads the key ${key}, which the contract of Secret ${name} does not have`;
        report(from, path, wrong, inContract(readers ?? Object.keys(secret.keys)));
      }
    }
    if (unknown.size > 0)
      cannotJudge(`without an inventory nobody says whether there will be ${[...unknown].join(', ')}`);
    if (!inventory) return;
    for (const secret of inventory.secrets) {
      for (const [key, readers] of Object.entries(secret.keys)) {
        for (const reader of readers.filter((reader) => !read.has(`${secret.name}/${key}/${reader}`))) {
          report(
            secretObject(secret, inventory.namespace),
            ['secrets', secret.name, 'keys', key],
            `${reader} is to read it and does not`,
            'a reader that mounts the key or names it',
          );
        }
      }
    }
  },
};

/** A Secret that lies among the manifests, as it does for a trial, has the keys that it has. */
function judgeRendered(
  { report }: Subject,
  { from, path, name, keys, optional }: Reference,
  known: readonly string[],
): void {
  for (const key of keys ?? []) {
    if (known.includes(key) || optional) continue;
    report(
      from,
      path,
      `reads the key ${key}, which Secret ${name} does not have`,
      meant(key, known, 'a key that it has'),
    );
  }
}

const inContract = (names: readonly string[]): string => (names.length === 0 ? 'none: it is empty' : oneOf(names));

/** The Secret that the contract speaks of, as the object that somebody will make. */
const secretObject = ({ name }: ContractSecret, namespace: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace },
});
