import { Command } from 'commander';

/** `slipway images` */
export const imagesCommand = (): Command => new Command('images');
