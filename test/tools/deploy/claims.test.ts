import { claimsOf } from '../../../tools/deploy/claims';

const statefulSet = (...templates: string[]) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'redis' },
  spec: { volumeClaimTemplates: templates.map((name) => ({ metadata: { name } })) },
});

describe('claims of a StatefulSet', () => {
  it('are those of its templates and ordinals', () => {
    expect(claimsOf(statefulSet('data', 'log'), ['data-redis-0', 'data-redis-11', 'log-redis-0'])).toHaveLength(3);
  });

  it('are not those of a neighbour whose name begins alike, nor made by hand', () => {
    expect(
      claimsOf(statefulSet('data'), ['data-redis-cache-0', 'data-redis', 'data-redis-x', 'xdata-redis-0']),
    ).toEqual([]);
  });

  it('are none where it has no template', () => {
    expect(claimsOf({ ...statefulSet(), spec: {} } as never, ['data-redis-0'])).toEqual([]);
  });
});
