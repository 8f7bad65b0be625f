import type { Given } from '../../../../tools/deploy/secrets/given';
import { checkPresent, planChanges } from '../../../../tools/deploy/secrets/plan';
import { type LiveSecret, presentOf } from '../../../../tools/deploy/secrets/present';
import { faultsOf } from '../../../support/faults';
import { secretOf } from './contract';

const live = (data: Readonly<Record<string, string>>, fields: Partial<LiveSecret> = {}): LiveSecret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'Opaque',
  metadata: { name: 'db', uid: '1', resourceVersion: '1', creationTimestamp: '' },
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  ...fields,
});
const give = (key: string, value: string): Given => ({ secret: 'db', key, value: Buffer.from(value), from: 'test' });
const database = (there?: LiveSecret) => [presentOf(secretOf('db'), there)];
const STARTED = new Set(['db-0']);
const plan = (present: ReturnType<typeof database>, given: Given[], rotate = false, started = STARTED) =>
  planChanges(present, given, { namespace: 'ns', at: new Date(), rotate, started });
const both = live({ password: 'old', root: 'old' });

describe('what is written', () => {
  it('is nothing where the cluster has every value already', () => {
    expect(plan(database(both), [give('password', 'old')])).toEqual([]);
  });

  it('is every value that a Secret has afterwards, those of nobody’s contract too', () => {
    const [change] = plan(database(live({ password: 'old', extra: 'kept' })), [give('root', 'new')]);
    expect(change).toMatchObject({ created: ['root'], changed: [], rotated: [] });
    expect(Object.fromEntries([...(change?.values ?? [])].map(([key, value]) => [key, String(value)]))).toEqual({
      password: 'old',
      root: 'new',
      extra: 'kept',
    });
  });

  it('is named as missing where it is nowhere, with each way to give it', () => {
    const faults = faultsOf(() => plan(database(live({ password: 'there', root: '' })), []));
    expect(faults[0]).toBe('db/root: is missing; expected SLIPWAY_SECRET_DB_ROOT');
    expect(faults[1]).toMatch(/variables.*--from <folder>.*--stdin.*--generate/);
    expect(faults).toContain('Nothing was written.');
  });
});

describe("a database's own password", () => {
  it('is no matter before its first start', () => {
    const [change] = plan(database(both), [give('password', 'new')], false, new Set());
    expect(change).toMatchObject({ changed: ['password'], rotated: [] });
  });

  it('is refused afterwards, without a word of either value', () => {
    const faults = faultsOf(() => plan(database(both), [give('password', 'new')]));
    expect(faults[0]).toMatch(/^db\/password: a new value would not reach db-0, .*expected --rotate/);
  });

  it('is changed in the order of the contract with --rotate', () => {
    const [change] = plan(database(both), [give('root', 'new'), give('password', 'new')], true);
    expect(change?.rotated).toEqual(['password', 'root']);
  });

  it('is created like any other where the Secret was lost', () => {
    const [change] = plan(database(), [give('root', 'new'), give('password', 'new')]);
    expect(change).toMatchObject({ created: ['root', 'password'], rotated: [] });
  });

  it.each(['new\nline', 'new\rline', 'new\0line'])('is refused where it is no line, as which it travels', (value) => {
    expect(faultsOf(() => plan(database(both), [give('password', value)], true))[0]).toMatch(
      /^db\/password: the new value or the present one is no line of text/,
    );
  });
});

describe('a Secret that is there', () => {
  const refused = (fields: Partial<LiveSecret>) =>
    faultsOf(() => plan(database(live({ root: 'old' }, fields)), [give('password', 'new')]))[0];
  const kept = (manager: string): Partial<LiveSecret> => ({
    metadata: { ...both.metadata, managedFields: [{ manager, fieldsV1: { 'f:data': { 'f:root': {} } } }] },
  });

  it('is refused where its type is another one, which never changes', () => {
    expect(refused({ type: 'kubernetes.io/tls' })).toBe(
      'Secret db: is of type kubernetes.io/tls, which never changes; expected Opaque. Delete it first: kubectl -n ns delete secret db',
    );
  });

  it('is refused where it is immutable', () => {
    expect(refused({ immutable: true })).toMatch(/^Secret db: is immutable/);
  });

  it('is refused where a controller keeps its values', () => {
    expect(refused(kept('external-secrets'))).toBe(
      'Secret db: is kept by external-secrets; expected its values to be changed there',
    );
  });

  it.each(['kubectl-create', 'slipway-secrets', 'before-first-apply'])('is taken over from %s', (manager) => {
    expect(refused(kept(manager))).toBeUndefined();
  });

  it('is judged as a whole: half of a pair does not fit the other half', () => {
    const present = [
      presentOf(secretOf('app-tls'), live({ 'tls.crt': 'x', 'tls.key': 'y' }, { type: 'kubernetes.io/tls' })),
    ];
    const given: Given[] = [{ secret: 'app-tls', key: 'tls.crt', value: Buffer.from('z'), from: 'test' }];
    expect(faultsOf(() => plan(present, given))).toContainEqual(
      expect.stringMatching(/^app-tls: tls\.key is no private/),
    );
  });
});

describe('a check', () => {
  it('says of every key whether it is there, and counts an empty one as missing', () => {
    expect(checkPresent(database(live({ password: 'old', root: '' })))).toEqual({
      keys: [
        { secret: 'db', key: 'password', state: 'there' },
        { secret: 'db', key: 'root', state: 'missing' },
      ],
      faults: [],
    });
  });

  it('finds a Secret of another type', () => {
    expect(checkPresent(database(live({ password: 'a', root: 'b' }, { type: 'example.com/own' }))).faults).toEqual([
      'Secret db: is of type example.com/own; expected Opaque',
    ]);
  });
});
