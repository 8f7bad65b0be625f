import { oneOf } from '../../parse/parse';
import type { ContractSecret } from '../../render/inventory';
import type { Manifest } from '../../render/order';
import type { Check } from '../check';
import { secretReferences } from './names';

export const secretsInContract: Check = {
  id: 'references/secret-contract',
  what: 'Every Secret and key that is read stands in the contract with its reader, and every entry of the contract is read.',
  why: 'A pod whose Secret nobody creates never starts; a key that nobody reads is a credential lying about.',
  exempt: 'A Secret that an operator of the cluster makes, which the reason names.',
  judge: ({ set, inventory, report, cannotJudge }) => {
    if (!inventory) {
      cannotJudge('without an inventory nobody says which Secrets there will be');
      return;
    }
    const contract = new Map(inventory.secrets.map((secret) => [secret.name, secret]));
    const read = new Set<string>();
    for (const { from, path, namespace, name, keys, optional, reader } of secretReferences(set)) {
      const secret = namespace === inventory.namespace ? contract.get(name) : undefined;
      if (!secret) {
        if (!optional)
          report(from, path, `reads the Secret ${name}, which is not in the contract`, oneOrNone([...contract.keys()]));
        continue;
      }
      for (const key of keys ?? Object.keys(secret.keys)) {
        const readers = secret.keys[key];
        if (!readers) {
          report(
            from,
            path,
            `reads the key ${key}, which the contract of Secret ${name} does not have`,
            oneOrNone(Object.keys(secret.keys)),
          );
        } else if (!readers.includes(reader)) {
          report(
            from,
            path,
            `${reader} reads the key ${key} of Secret ${name}, and the contract does not say so`,
            oneOrNone(readers),
          );
        }
        read.add(`${name}/${key}/${reader}`);
      }
    }
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

const oneOrNone = (names: readonly string[]): string => (names.length === 0 ? 'none: it is empty' : oneOf(names));

/** The Secret that the contract speaks of, as the object that somebody will make. */
const secretObject = ({ name }: ContractSecret, namespace: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace },
});
