import { Command } from 'commander';

/** `slipway promote` */
export const promoteCommand = (): Command => new Command('promote');
