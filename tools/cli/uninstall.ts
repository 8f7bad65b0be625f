import { Command } from 'commander';

/** `slipway uninstall` */
export const uninstallCommand = (): Command => new Command('uninstall');
