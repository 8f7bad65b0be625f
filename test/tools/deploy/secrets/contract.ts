import type { ContractSecret } from '../../../../tools/render/inventory';

const rotation = (key: string) => ({ pod: 'db-0', container: 'db', command: ['rotate', key] });

/** A contract with a secret of every type, and a database that knows its own passwords. */
export const CONTRACT: readonly ContractSecret[] = [
  { name: 'app', type: 'Opaque', keys: { 'session.key': ['app'] } },
  { name: 'app-tls', type: 'kubernetes.io/tls', keys: { 'tls.crt': ['proxy'], 'tls.key': ['proxy'] } },
  {
    name: 'db',
    type: 'Opaque',
    keys: { password: ['app', 'db'], root: ['db'] },
    rotations: { password: rotation('password'), root: rotation('root') },
  },
  { name: 'registry', type: 'kubernetes.io/dockerconfigjson', keys: { '.dockerconfigjson': ['kubelet'] } },
];

export const secretOf = (name: string): ContractSecret => {
  const secret = CONTRACT.find((one) => one.name === name);
  if (!secret) throw new Error(`no ${name} in the contract`);
  return secret;
};
