import { Command } from 'commander';

/** `slipway pin` */
export const pinCommand = (): Command => new Command('pin');
