import { resolveImage, runImages } from '../../../charts/lib/images';
import { plan } from '../../../charts/lib/plan';
import { faultsOf } from '../../support/faults';
import { render, sampleEnvironment } from '../../support/rendered';
import { sampleApp } from '../../support/web';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const stock = { stock: `redis:8.2.1@${DIGEST}` };
const environment = (images: object = {}) =>
  sampleEnvironment([], {
    images: { registry: 'registry.example.com/team', reference: 'digest', pullPolicy: 'Always', ...images },
  });

describe('an image reference', () => {
  it('is unreleased until somebody pins a build, so that a deploy can refuse it', () => {
    expect(resolveImage(environment(), { app: 'notes' })).toEqual({
      reference: 'registry.example.com/team/notes:unreleased',
      version: 'unreleased',
    });
  });

  it('names tag and digest of an own image that was pinned', () => {
    expect(resolveImage(environment({ pins: { notes: `4f1c@${DIGEST}` } }), { app: 'notes' })).toEqual({
      reference: `registry.example.com/team/notes:4f1c@${DIGEST}`,
      version: '4f1c',
    });
  });

  it('names a stock image of Docker Hub by digest', () => {
    expect(resolveImage(environment(), stock).reference).toBe(`docker.io/library/redis:8.2.1@${DIGEST}`);
  });

  it('comes from the mirror where there is one', () => {
    expect(resolveImage(environment({ mirror: 'mirror.example.com' }), stock).reference).toBe(
      `mirror.example.com/library/redis:8.2.1@${DIGEST}`,
    );
  });

  it('is a tag where images are loaded by hand: a loaded image has no digest of a registry', () => {
    expect(resolveImage(environment({ reference: 'tag' }), stock).reference).toBe('docker.io/library/redis:8.2.1');
  });

  it('follows the environment’s pin of a stock image', () => {
    expect(resolveImage(environment({ pins: { redis: `8.2.2@${DIGEST}` } }), stock).version).toBe('8.2.2');
  });

  it('is refused without a digest where the environment wants one', () => {
    expect(faultsOf(() => resolveImage(environment({ pins: { notes: '4f1c' } }), { app: 'notes' }))).toEqual([
      'sample.images.pins.notes: "4f1c" has no digest; expected tag@sha256:…, because images.reference is "digest" (charts/environments/images/sample.json)',
    ]);
  });

  it.each(['latest:1', '@sha256:00', 'tag@sha256:short', ''])('is refused where the pin %j is none', (pin) => {
    expect(faultsOf(() => environment({ pins: { notes: pin } }))).toEqual([
      expect.stringMatching(/^sample\.images\.pins\.notes: ".*" is not a tag with an optional digest/),
    ]);
  });

  it('is refused where a pin belongs to nothing that runs: a misspelt pin would leave another release running', () => {
    const misspelt = sampleEnvironment([sampleApp('notes')({})], {
      images: { registry: 'registry.example.com', reference: 'tag', pullPolicy: 'Always', pins: { note: '4f1c' } },
    });
    expect(faultsOf(() => render(misspelt))).toEqual([
      'sample.images.pins.note: nothing here runs this image; did you mean `notes`? (charts/environments/images/sample.json)',
    ]);
  });
});

describe('the images of an environment', () => {
  const composed = sampleEnvironment([sampleApp('notes')({}), sampleApp('board')({})], {
    images: { registry: 'registry.example.com/team', reference: 'tag', pullPolicy: 'Always', pins: { notes: '4f1c' } },
  });
  const images = runImages(composed, plan(composed).workloads);

  it('are told with who runs them, where they come from and what is pinned, by name', () => {
    expect(images).toEqual([
      {
        name: 'board',
        isOwn: true,
        repository: 'registry.example.com/team/board',
        pin: 'unreleased',
        workloads: ['board'],
      },
      { name: 'notes', isOwn: true, repository: 'registry.example.com/team/notes', pin: '4f1c', workloads: ['notes'] },
    ]);
  });

  it('of a store come from the mirror, in the release that was tested', () => {
    const stores = plan(composed).workloads.map((workload) => ({ ...workload, images: [stock] }));
    expect(runImages(environment({ mirror: 'mirror.example.com' }), stores)).toMatchObject([
      {
        name: 'redis',
        isOwn: false,
        repository: 'mirror.example.com/library/redis',
        pin: `8.2.1@${DIGEST}`,
        workloads: ['notes', 'board'],
      },
    ]);
  });
});
