import { Command } from 'commander';

/** `slipway platform` */
export const platformCommand = (): Command => new Command('platform');
