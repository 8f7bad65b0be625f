import { Command } from 'commander';

/** `slipway secrets` */
export const secretsCommand = (): Command => new Command('secrets');
