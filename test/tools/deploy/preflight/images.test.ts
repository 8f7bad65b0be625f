import { judgeImages } from '../../../../tools/deploy/preflight/images';
import { deployment } from './bundles';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const judge = (...images: string[]) => judgeImages('lab', [deployment('chat', ...images)]);

describe('images', () => {
  it('are fine with tags alone where none has a digest, and that is said aloud', () => {
    const { faults, notes } = judge('registry.internal:5000/chat:v1', 'docker.io/library/redis:8.2.1');
    expect([faults, notes]).toEqual([[], [expect.stringContaining('named by tag alone')]]);
  });

  it('are fine with digests, and nothing is said', () => {
    expect(judge(`r/chat:v1@${DIGEST}`)).toEqual({ faults: [], notes: [] });
  });

  it('that were never built are refused with the command to type', () => {
    expect(judge('r/chat:unreleased').faults).toEqual([
      'image r/chat:unreleased (Deployment chat) was never built; expected a tag that a build pushed. Next: `slipway pin lab chat=<tag>`',
    ]);
  });

  it('are pinned with a digest where the others of the environment have one', () => {
    expect(judge('r/chat:unreleased', `docker.io/library/redis:8@${DIGEST}`).faults).toEqual([
      expect.stringContaining('`slipway pin lab chat=<tag>@sha256:<digest>`'),
    ]);
  });

  it('without a digest among others with one are refused, and that one is named', () => {
    expect(judge('r/chat:v1', `r/redis:8@${DIGEST}`).faults).toEqual([
      expect.stringContaining(`has no digest; expected one, as r/redis:8@${DIGEST} has`),
    ]);
  });

  it.each([
    ['r/chat:latest', 'pushed last'],
    ['r/chat', 'has no tag'],
    ['registry.internal:5000/chat', 'has no tag'],
    [`r/chat:latest@${DIGEST}`, 'pushed last'],
  ])('that mean another build tomorrow are refused: %s', (image, why) => {
    expect(judge(image).faults).toEqual([expect.stringContaining(why)]);
  });

  it('are told once, with everybody who runs them', () => {
    const objects = [deployment('chat', 'r/chat:latest'), deployment('jobs', 'r/chat:latest')];
    expect(judgeImages('lab', objects).faults).toEqual([expect.stringContaining('(Deployment chat, Deployment jobs)')]);
  });
});
