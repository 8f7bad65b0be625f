import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openBundle } from '../../../../tools/deploy/bundle';
import { writeChart } from '../../../../tools/deploy/release/chart';

const bundle = openBundle('dist', 'production', ['production', 'kind']);

describe('the chart of a release', () => {
  const chart = writeChart(bundle, { commit: 'c0ffee', by: 'ada@"desk"' });
  afterAll(() => chart.remove());

  it('carries the files of workloads/ byte for byte, and nothing of platform/', () => {
    expect(readdirSync(join(chart.path, 'manifests'))).toEqual(readdirSync('dist/production/workloads'));
    for (const file of bundle.files.keys()) {
      expect(readFileSync(join(chart.path, 'manifests', file), 'utf8')).toBe(
        readFileSync(join('dist/production/workloads', file), 'utf8'),
      );
    }
  });

  it('records commit, hash and releaser', () => {
    expect(JSON.parse(readFileSync(join(chart.path, 'Chart.yaml'), 'utf8')).annotations).toEqual({
      'slipway.release/commit': 'c0ffee',
      'slipway.release/dist-sha256': bundle.hash,
      'slipway.release/by': 'ada@"desk"',
    });
  });

  it('is for nobody else to read, and goes without a trace', () => {
    expect(statSync(chart.path).mode & 0o077).toBe(0);
    const other = writeChart(bundle, { commit: '', by: '' });
    other.remove();
    expect(existsSync(other.path)).toBe(false);
  });
});

describe('a bundle', () => {
  it('is of an environment that there is', () => {
    expect(() => openBundle('dist', 'prodution', ['production', 'kind'])).toThrow('did you mean `production`?');
  });

  it('has the hash of its objects', () => {
    expect(openBundle('dist', 'kind', ['kind']).hash).not.toBe(bundle.hash);
    expect(openBundle('dist', 'production', ['production']).hash).toBe(bundle.hash);
  });
});
