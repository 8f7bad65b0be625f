import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { parse, Refused, show } from '../parse/parse';
import { compareText } from './order';

const INVENTORIES = 'inventory';
const CLUSTERS = 'cluster';
const CHECKSUMS = 'SHA256SUMS';

export const inventoryPath = (environment: string): string => join(INVENTORIES, `${environment}.json`);
export const trafficPath = (environment: string): string => join(INVENTORIES, `${environment}.traffic.md`);
export const checksumsPath = (folder: string): string => join(folder, CHECKSUMS);

/** Whether a path is a list of what a part of the output owns: an inventory, or the checksums of a cluster's folder. */
export const isList = (path: string): boolean =>
  (dirname(path) === INVENTORIES && path.endsWith('.json')) || basename(path) === CHECKSUMS;

/** Lists that lie in an output folder. */
export function listsIn(out: string): string[] {
  const inventories = entries(out, INVENTORIES).filter(isList);
  const checksums = entries(out, CLUSTERS).map(checksumsPath);
  return [...inventories, ...checksums.filter((path) => existsSync(join(out, path)))];
}

function entries(out: string, folder: string): string[] {
  if (!existsSync(join(out, folder))) return [];
  return readdirSync(join(out, folder))
    .map((name) => join(folder, name))
    .sort(compareText);
}

/** What a list must say before files are removed on its word: none outside its folder. */
const inside = z.string().regex(/^(?!.*(^|\/)\.\.(\/|$))[^/]/, {
  error: ({ input }) => `${show(input)} leaves its folder`,
});
const inventory = z.looseObject({ objects: z.array(z.looseObject({ file: inside })) });
const sums = z.array(z.tuple([z.string().regex(/^[0-9a-f]{64}$/), inside]));

/** Files of a part of the output according to the list that lies there, itself included. */
export function ownedBy(out: string, list: string): string[] {
  if (!existsSync(join(out, list))) return [];
  const text = readFileSync(join(out, list), 'utf8');
  return basename(list) === CHECKSUMS ? ofFolder(out, list, text) : ofEnvironment(out, list, text);
}

function ofEnvironment(out: string, list: string, text: string): string[] {
  const environment = basename(list, '.json');
  try {
    const { objects } = parse(inventory, JSON.parse(text), list);
    return [...new Set(objects.map(({ file }) => join(environment, file))), trafficPath(environment), list];
  } catch (error) {
    throw new Refused([
      `${join(out, list)}: is not an inventory (${(error as Error).message}); without it nobody knows which files are stale. Restore it from git, or remove ${join(out, environment)} with it, and synthesize again`,
    ]);
  }
}

function ofFolder(out: string, list: string, text: string): string[] {
  const folder = dirname(list);
  try {
    const lines = text.split('\n').filter((line) => line !== '');
    const read = parse(
      sums,
      lines.map((line) => line.split('  ')),
      list,
    );
    return [...read.map(([, path]) => join(folder, path)), list];
  } catch (error) {
    throw new Refused([
      `${join(out, list)}: is no list of checksums (${(error as Error).message}); without it nobody knows which files are stale. Restore it from git, or remove ${join(out, folder)}, and synthesize again`,
    ]);
  }
}
