import { Command } from 'commander';

/** `slipway status` */
export const statusCommand = (): Command => new Command('status');
