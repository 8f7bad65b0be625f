import { Command } from 'commander';

/** `slipway rollback` */
export const rollbackCommand = (): Command => new Command('rollback');
