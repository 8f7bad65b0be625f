import { Command } from 'commander';
import type { Status } from '../deploy/status';
import { exitCodes } from './exit-codes';
import { minute } from './history';
import { looking } from './looking';
import { type ClusterOptions, withTarget } from './target';

/** `slipway status ENV` */
export const statusCommand = (): Command =>
  withTarget(new Command('status'))
    .description(
      'What runs of an environment, and whether it is well: release, workloads, claims, endpoints, addresses.',
    )
    .argument('<environment>', 'environment of dist/')
    .addHelpText(
      'after',
      exitCodes({ 0: 'all is well', 1: 'something is not, and it is named', 2: 'the cluster could not be asked' }),
    )
    .action(async (environment: string, options: ClusterOptions) => {
      const { readStatus }: typeof import('../deploy/status') = require('../deploy/status');
      const status = await looking(environment, options, readStatus);
      process.stdout.write(options.json ? `${JSON.stringify(status, null, 2)}\n` : textOf(status));
      if (status.faults.length > 0) process.exitCode = 1;
    });

function textOf(status: Status): string {
  const { environment, namespace, release, workloads, claims, services, addresses, faults, notes } = status;
  const lines = [
    release
      ? `${environment} in namespace ${namespace}: revision ${release.revision} (${release.isBad ? 'bad' : release.status}), commit ${release.commit.slice(0, 12)}, ${minute(release.at)}, by ${release.by}: ${release.description}`
      : `${environment} in namespace ${namespace}`,
    ...section(
      'workload',
      ['ready', 'restarts', 'images'],
      workloads.map(({ kind, name, ready, desired, restarts, images }) => [
        `${kind} ${name}`,
        `${ready}/${desired}`,
        String(restarts),
        images.join(', '),
      ]),
    ),
    ...workloads.flatMap(({ name, event }) => (event === undefined ? [] : [`${name}, last event: ${event}`])),
    ...section(
      'claim',
      ['phase', 'capacity'],
      claims.map(({ name, phase, capacity = '' }) => [name, phase, capacity]),
    ),
    ...section(
      'service',
      ['ready endpoints'],
      services.map(({ name, ready }) => [name, String(ready)]),
    ),
    ...section(
      'address',
      [],
      addresses.map((address) => [address]),
    ),
    '',
    ...notes.map((note) => `note: ${note}`),
    ...(faults.length > 0 ? faults.map((fault) => `not well: ${fault}`) : [`${environment} is well`]),
  ];
  return `${lines.join('\n')}\n`;
}

function section(what: string, heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const { columns }: typeof import('../manifests/columns') = require('../manifests/columns');
  return rows.length === 0 ? [] : ['', ...columns([[what, ...heads], ...rows])];
}
