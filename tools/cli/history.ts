import { Command } from 'commander';

/** `slipway history` */
export const historyCommand = (): Command => new Command('history');
