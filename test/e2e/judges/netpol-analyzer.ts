import * as z from 'zod';
import { trafficOf } from '../../../tools/manifests/traffic/matrix';
import { EVERY_PORT, type Port, type Protocol } from '../../../tools/manifests/traffic/ports';
import { Refused } from '../../../tools/parse/parse';
import type { Manifest } from '../../../tools/render/order';
import { type Link, linksOf, normalForm } from './connectivity';
import { consult, readJson } from './consult';
import type { Environment, Judge, Said } from './judge';
import { withChanges, without } from './subjects';

const lines = z.array(z.object({ src: z.string(), dst: z.string(), conn: z.string() })).nullable();

/** What `netpol-analyzer list --exposure --output json` holds. Empty lists are null. */
const report = z.object({
  connlist_results: lines,
  exposure_results: z.object({ egress_exposure: lines, ingress_exposure: lines }),
});

/** Stands for whatever serves an Ingress, where everybody may reach its backend: the lines of everybody say that already. */
const INGRESS_CONTROLLER = '{ingress-controller}';

export function readReport(json: string): Link[] {
  const { connlist_results, exposure_results } = readJson('netpol-analyzer', json, report);
  const { egress_exposure, ingress_exposure } = exposure_results;
  const all = [connlist_results, egress_exposure, ingress_exposure].flatMap((list) => list ?? []);
  return all
    .filter(({ src }) => src !== INGRESS_CONTROLLER)
    .map(({ src, dst, conn }) => ({ from: readEnd(src), to: readEnd(dst), ports: readPorts(conn) }));
}

/** `198.51.100.0-198.51.100.127`, or pods in words. */
function readEnd(text: string): Link['from'] {
  const range = /^(\d+\.\d+\.\d+\.\d+)-(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (!range) return text;
  const number = (address = '') => address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return { first: number(range[1]), last: number(range[2]) };
}

/** `TCP 84,1000-1010,metrics,UDP 53`: a protocol stands before the first of its ports only. */
export function readPorts(text: string): Port[] {
  if (text === 'All Connections') return [...EVERY_PORT];
  let protocol: Protocol = 'TCP';
  return text.split(',').map((word): Port => {
    const [, named, port = ''] = /^(?:(TCP|UDP|SCTP) )?(.*)$/.exec(word) ?? [];
    if (named !== undefined) protocol = named as Protocol;
    const range = /^(\d+)(?:-(\d+))?$/.exec(port);
    return range ? { protocol, first: Number(range[1]), last: Number(range[2] ?? range[1]) } : { protocol, name: port };
  });
}

export const ONLY_THEIRS = 'only in netpol-analyzer';
export const ONLY_OURS = 'only in our matrix';

/** Lines of either that the other has not. */
export const compare = (theirs: readonly string[], ours: readonly string[]): Said[] => [
  ...theirs.filter((line) => !ours.includes(line)).map((line) => said(line, ONLY_THEIRS)),
  ...ours.filter((line) => !theirs.includes(line)).map((line) => said(line, ONLY_OURS)),
];

const said = (object: string, rule: string): Said => ({
  object,
  rule,
  message: 'the other says something else, or nothing',
});

/** Who may talk to whom: every line of netpol-analyzer is a line of our traffic matrix, and the other way round. */
export function netpolAnalyzer(binary: string, environments: readonly Environment[], sample: Environment): Judge {
  return {
    name: 'netpol-analyzer',
    tool: 'netpol-analyzer',
    unit: 'connections',
    subjects: environments,
    judge: async ({ folder, set }) => {
      // Never --fail: with it, v1.4.4 ends with 0 and an empty list, whatever the folder holds.
      const words = ['list', '--quiet', '--exposure', '--output', 'json', '--dirpath', folder];
      const { stdout, stderr } = await consult('netpol-analyzer', binary, words, { codes: [0] });
      // It passes over what it cannot read and ends with 0; quiet, its log holds nothing else.
      if (stderr !== '') {
        throw new Refused([`netpol-analyzer: did not read all of ${folder}; expected it to. It said: ${stderr}`]);
      }
      const theirs = normalForm(readReport(stdout));
      const ours = normalForm(linksOf(trafficOf(set)));
      return { judged: theirs.length, expected: ours.length, said: compare(theirs, ours) };
    },
    // Our matrix is that of the unchanged set: it must not follow the fault.
    faults: [
      {
        title: 'the policy of one workload is gone, so that it is denied everything',
        rule: ONLY_OURS,
        plant: (folder) => ({
          subject: { ...without(sample, folder, 'NetworkPolicy', selectsSome).subject, set: sample.set },
        }),
      },
      {
        title: 'a policy opens another port to addresses',
        rule: ONLY_THEIRS,
        plant: (folder) => {
          const path = ['spec', 'ingress'];
          const value = [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 4444 }] }];
          const { subject } = withChanges(sample, folder, 'NetworkPolicy', [path, value]);
          return { subject: { ...subject, set: sample.set } };
        },
      },
    ],
  };
}

const selectsSome = (policy: Manifest): boolean =>
  Object.keys((policy as { spec?: { podSelector?: { matchLabels?: object } } }).spec?.podSelector?.matchLabels ?? {})
    .length > 0;
