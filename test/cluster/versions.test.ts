import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kind } from '../../cluster/specs/kind';
import { endOfLifeWarning, VERSION_SETS, versionsOf } from '../../cluster/versions';

const set = versionsOf('1.36');
const on = (day: string) => endOfLifeWarning(set, new Date(`${day}T00:00:00Z`));

describe('the end of a minor’s life', () => {
  it('is nobody’s concern more than 60 days before', () => {
    expect(on('2027-04-28')).toBeUndefined();
  });

  it('is told 60 days before', () => {
    expect(on('2027-04-29')).toBe('Kubernetes 1.36.3 gets no more fixes in 60 days (2027-06-28)');
  });

  it('is told when it has come', () => {
    expect(on('2027-06-28')).toBe('Kubernetes 1.36.3 is past its end of life (2027-06-28): it gets no fixes');
  });
});

describe('sets', () => {
  it.each(Object.entries(VERSION_SETS))('%s: the release is of the minor', (minor, { kubernetes }) => {
    expect(kubernetes.startsWith(`${minor}.`)).toBe(true);
  });

  // Tested ranges of Calico's documentation.
  const calico: Readonly<Record<string, readonly string[]>> = {
    '3.30': ['1.31', '1.32', '1.33'],
    '3.32': ['1.34', '1.35', '1.36'],
  };
  it.each(Object.entries(VERSION_SETS))('%s: Calico was tested with it', (minor, set) => {
    expect(calico[set.calico.replace(/\.\d+$/, '')]).toContain(minor);
  });

  it('that nobody knows are a mistake of ours: the specification has been read by then', () => {
    expect(() => versionsOf('1.99')).toThrow('Kubernetes 1.99 is in no tested set');
  });
});

describe('docs/start.md', () => {
  it('names the Calico of the set that kind runs', () => {
    const start = readFileSync(join(__dirname, '../../docs/start.md'), 'utf8');
    const named = [...start.matchAll(/projectcalico\/calico\/v([\d.]+)\//g)].map(([, version]) => version);
    expect(new Set(named)).toEqual(new Set([versionsOf(kind.kubernetes).calico]));
  });
});
