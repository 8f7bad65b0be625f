import { Command } from 'commander';
import { colours } from '../../tools/cli/colours';
import { exitCodes } from '../../tools/cli/exit-codes';
import { Refused } from '../../tools/parse/parse';
import { isOnMachines, type MachineCluster, machinesOf } from '../machines';
import { planOf, type Step } from '../plan';
import { endOfLifeWarning, versionsOf } from '../versions';
import { clusterNamed } from './named';

/** `slipway cluster plan SPEC` */
export const planCommand = (): Command =>
  new Command('plan')
    .description('Print the commands that build a cluster, in order, for somebody who runs them by hand.')
    .argument('<cluster>', 'cluster of cluster/specs')
    .option('--json', 'print the steps as JSON')
    .addHelpText(
      'after',
      `
Nothing is run. A step that was done is done again without harm: it changes nothing. Each script prints what it would
change with --dry-run. Machines are reached by ssh, at the addresses of the specification, as a user who may use sudo.`,
    )
    .addHelpText(
      'after',
      exitCodes({ 0: 'printed', 1: 'the cluster is not made by these scripts', 2: 'the command line was wrong' }),
    )
    .action((name: string, { json }: { json?: true }) => {
      const cluster = clusterNamed(name);
      if (!isOnMachines(cluster)) {
        throw new Refused([
          `cluster ${name}: is made by ${cluster.build.by}, not by scripts; expected one of machines. Next: kind create cluster --config dist/cluster/${name}/kind-config.yaml`,
        ]);
      }
      const warning = endOfLifeWarning(versionsOf(cluster.kubernetes), new Date());
      if (warning) console.error(colours.yellow(`cluster ${name}: ${warning}`));
      process.stdout.write(json ? `${JSON.stringify(planOf(cluster), null, 2)}\n` : describe(cluster));
    });

/** Where the copies lie on a machine: in the home of whoever signs in. */
const HOME = 'slipway';

function describe(cluster: MachineCluster): string {
  const { name, build } = cluster;
  const machines = machinesOf(cluster);
  const at = (machine: string): string => machines.find((one) => one.name === machine)?.address ?? machine;
  const first = build.controlPlanes[0]?.name ?? '';
  const sections = [
    section(
      `scripts and configuration, to each of ${machines.length} machines; again after every change of dist/`,
      machines.map(({ address }) => `rsync -a --delete cluster/scripts dist/cluster/${name} ${address}:${HOME}/`),
    ),
    ...grouped(planOf(cluster)).map((steps) =>
      section(
        `${steps[0]?.script}: ${steps[0]?.why}`,
        steps.map((step) => commandOf(name, step, at)),
      ),
    ),
    section('kubeconfig: yours, merged with what you have', [
      `ssh ${at(first)} sudo cat /etc/kubernetes/admin.conf | cluster/scripts/kubeconfig.sh dist/cluster/${name}/nodes/${first}`,
    ]),
  ];
  return `# ${name}: ${machines.length} machines, Kubernetes ${versionsOf(cluster.kubernetes).kubernetes}\n\n${sections.join('\n')}`;
}

const section = (title: string, lines: readonly string[]): string => `# ${title}\n${lines.join('\n')}\n`;

/** Neighbours that run the same script for the same reason. */
function grouped(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.[0]?.script === step.script && last[0].why === step.why) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function commandOf(cluster: string, { machine, script, joinsBy, role }: Step, at: (machine: string) => string): string {
  const run = (on: string, name: string, ...words: string[]): string =>
    ['ssh', at(on), 'sudo', `${HOME}/scripts/${name}.sh`, `${HOME}/${cluster}/nodes/${on}`, ...words].join(' ');
  const command = run(machine, script);
  return joinsBy === undefined ? command : `${run(joinsBy, 'mint-join', role ?? '')} | ${command}`;
}
