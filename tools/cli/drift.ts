import { Command } from 'commander';

/** `slipway drift` */
export const driftCommand = (): Command => new Command('drift');
