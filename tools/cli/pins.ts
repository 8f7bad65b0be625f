import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as writeFileAtomic from 'write-file-atomic';
import type { PinChange, PinnedEnvironment, Pins } from '../deploy/images/pins';
import type { Sides } from '../diff/compare';
import type { DiffReport } from '../diff/report';
import { nearest, Refused } from '../parse/parse';
import type { Changes } from '../render/tree';
import { colours } from './colours';
import { ROOT } from './environments';
import { UsageError } from './errors';

const DIST = join(ROOT, 'dist');

/** What pinning did. */
export interface Pinned extends Changes {
  readonly environment: string;
  /** File of the pins, below the checkout. */
  readonly file: string;
  readonly pins: readonly PinChange[];
  /** What it does to `dist/`. */
  readonly diff: DiffReport;
}

/**
 * An environment as its charts have it.
 * @throws UsageError where there is none of that name, Refused where its charts refuse it.
 */
export function openEnvironment(name: string): PinnedEnvironment {
  const { environments }: typeof import('../../charts/environments') = require('../../charts/environments');
  const { plan }: typeof import('../../charts/lib/plan') = require('../../charts/lib/plan');
  const { runImages }: typeof import('../../charts/lib/images') = require('../../charts/lib/images');
  const environment = environments.find((one) => one.name === name);
  if (!environment) {
    const known = environments.map((one) => one.name);
    throw new UsageError([`unknown environment ${JSON.stringify(name)}; ${nearest(name, known)}`]);
  }
  const { reference, pins } = environment.images;
  return { name, reference, pins, images: runImages(environment, plan(environment).workloads) };
}

/** Runs what only reads a command line: what it refuses was written wrong. */
export function asUsage<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refused ? new UsageError(error.faults) : error;
  }
}

/**
 * Pins images: the file of the environment and its part of `dist/`, or nothing.
 * Everything is rendered before a byte is written, so that a process that is stopped on the way has changed nothing.
 * @throws Refused as a synth does, and where the environment does not read its pins from that file.
 */
export async function pinImages(environment: PinnedEnvironment, given: Pins): Promise<Pinned> {
  const { allOrNothing }: typeof import('../deploy/images/all-or-nothing') = require('../deploy/images/all-or-nothing');
  const images: typeof import('../deploy/images/pins') = require('../deploy/images/pins');
  const { render }: typeof import('../../main') = require('../../main');
  const { writeTree }: typeof import('../render/tree') = require('../render/tree');

  const { name } = environment;
  const file = images.pinsPath(name);
  const path = join(ROOT, file);
  const text = readOwnPins(path, environment);
  const pins = images.withPins(environment, given);
  const changes = images.pinChanges(environment, pins);
  const rendered = await render([name], { [name]: pins });

  const folder = join(DIST, name);
  const beside = ['json', 'traffic.md'].map((ending) => join(DIST, 'inventory', `${name}.${ending}`));
  return allOrNothing([path, folder, ...beside], () => {
    if (readFileSync(path, 'utf8') !== text) {
      throw new Refused([`${file}: was changed by somebody else meanwhile; expected it as it was read. Pin again`]);
    }
    const before = setOf(folder);
    if (changes.length > 0) writeFileAtomic.sync(path, images.formatPins(pins));
    const written = writeTree(DIST, rendered, false);
    return { environment: name, file, pins: changes, ...written, diff: diffOf(name, before, setOf(folder)) };
  });
}

/** @throws Refused where the environment's charts have other pins than the file: writing it would change nothing, or too much. */
function readOwnPins(path: string, { name, pins }: PinnedEnvironment): string {
  const { formatPins, pinsPath }: typeof import('../deploy/images/pins') = require('../deploy/images/pins');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const sorted = (one: Pins) => formatPins(Object.fromEntries(Object.entries(one).sort()));
  if (text !== undefined && require.cache[path] && sorted(JSON.parse(text)) === sorted(pins)) return text;
  throw new Refused([
    `${name}.images.pins: is not what ${pinsPath(name)} holds; expected \`import pins from './images/${name}.json'\` in charts/environments/${name}.ts, and ${text === undefined ? 'that file, with {} in it' : 'nothing added to it'}`,
  ]);
}

type ManifestSet = Sides['before']['set'];

function setOf(folder: string): ManifestSet {
  const shown = relative('', folder);
  const { loadFolder }: typeof import('../manifests/load') = require('../manifests/load');
  return existsSync(folder) ? loadFolder(shown === '' ? '.' : shown) : undefined;
}

function diffOf(name: string, before: ManifestSet, after: ManifestSet): DiffReport {
  const { compare, reportOf }: typeof import('../diff/compare') = require('../diff/compare');
  return reportOf([
    compare({ name, before: { title: 'before', set: before }, after: { title: 'pinned', set: after } }),
  ]);
}

/** What a terminal is shown of it. */
export function showPinned({ environment, file, pins, written, removed, diff }: Pinned): string {
  const { showText }: typeof import('../diff/text') = require('../diff/text');
  const files = written.length + removed.length;
  if (pins.length === 0 && files === 0) return `${environment}: pinned so already; nothing was written.\n`;
  const lines = pins.map(({ image, before, after }) => `  ${image}  ${before ?? "the chart's own"} → ${after}`);
  const head =
    pins.length > 0
      ? `${file}\n${lines.join('\n')}`
      : `${file}: pinned so already; dist/ was not as the charts have it`;
  return `${head}\n\n${showText(diff, colours)}\n${files} file${files === 1 ? '' : 's'} of dist/ written or removed. Review and commit ${pins.length > 0 ? `${file} and dist/ together` : 'dist/'}.\n`;
}
