/**
 * Renders an environment of as many objects as the first argument says. It is written to the folder of the second one;
 * without it, to one that is removed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../charts/assemble';
import type { ComposedEnvironment } from '../../charts/environments/environment';
import type { Call, Entry } from '../../charts/environments/workload';
import { renderEnvironment } from '../../tools/render/environment';
import { type RenderedEnvironment, writeTree } from '../../tools/render/tree';
import { sampleEnvironment } from '../support/rendered';
import { sampleApp } from '../support/web';

const PORT = 8080;
/** Whom every third application calls, so that one policy grows with the environment. */
const HUB = 'app-0';

const nameOf = (index: number): string => `app-${index}`;

/** Calls of the application at `index`: its neighbour, and for every third one the hub. No application calls more. */
function callsOf(index: number): Call[] {
  const callees = [...(index % 2 === 1 ? [nameOf(index - 1)] : []), ...(index > 1 && index % 3 === 0 ? [HUB] : [])];
  return callees.map((to) => ({ to, port: PORT }));
}

/** An autoscaler is one object more. */
const entryOf = (index: number, autoscaled: boolean): Entry =>
  sampleApp(nameOf(index), {
    scale: autoscaled ? { min: 2, max: 4, cpu: 70 } : { replicas: 2 },
    calls: callsOf(index),
    settings: { PORT: String(PORT) },
  })({});

/** As few applications as give the objects, the first ones autoscaled. */
function composeRun(objects: number, ofApp: number): Entry[] {
  const count = Math.ceil(objects / (ofApp + 1));
  const autoscaled = objects - count * ofApp;
  return Array.from({ length: count }, (_, index) => entryOf(index, index < autoscaled));
}

function render(environment: ComposedEnvironment): RenderedEnvironment {
  const { app, facts } = assemble(environment);
  return renderEnvironment(environment.name, app, facts);
}

const countObjects = (run: readonly Entry[]): number => render(sampleEnvironment(run)).inventory.objects.length;

function generate(objects: number, kept?: string): void {
  if (!Number.isInteger(objects) || objects < 100) {
    throw new Error(`objects: ${objects} is not a number that can be generated; expected 100 or more, such as 1000`);
  }
  const ofPlatform = countObjects([]);
  const ofApp = countObjects([entryOf(0, false)]) - ofPlatform;
  const rendered = render(sampleEnvironment(composeRun(objects - ofPlatform, ofApp)));
  const made = rendered.inventory.objects.length;
  if (made !== objects) throw new Error(`objects: ${made} were rendered; expected ${objects}`);
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'slipway-generated-'));
  try {
    writeTree(folder, [rendered], true);
  } finally {
    if (!kept) rmSync(folder, { recursive: true });
  }
  console.log(`${made} objects in ${rendered.files.length} files`);
}

generate(Number(process.argv[2]), process.argv[3]);
