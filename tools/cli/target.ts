import { type Command, Option } from 'commander';
import type { Target } from '../deploy/target';

/** Options that every command has which speaks to a cluster. */
export interface ClusterOptions extends Target {
  readonly json?: true;
}

/** Adds `--kubeconfig`, `--context` and `--json` to a command. */
export const withTarget = (command: Command): Command =>
  command
    .addOption(new Option('--kubeconfig <file>', 'kubeconfig; by default what kubectl takes'))
    .addOption(new Option('--context <name>', 'context of the kubeconfig; by default its current one'))
    .option('--json', 'print the outcome as JSON');
