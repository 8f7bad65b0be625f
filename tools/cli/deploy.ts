import { Command } from 'commander';

/** `slipway deploy` */
export const deployCommand = (): Command => new Command('deploy');
