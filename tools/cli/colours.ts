import picocolors from 'picocolors';

/** A terminal that wants colours gets them; picocolors alone would colour every log of a CI server. */
export const colours = picocolors.createColors(process.stdout.isTTY ? process.stdout.hasColors() : false);
