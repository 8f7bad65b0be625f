import { generate } from 'selfsigned';
import { judgePair } from '../../../../tools/deploy/preflight/certificate';

const DAY = 24 * 3_600_000;
const from = new Date('2030-01-01T00:00:00Z');
const until = new Date(from.getTime() + 100 * DAY);
const daysLater = (days: number) => new Date(from.getTime() + days * DAY);

const pairFor = async (...names: string[]) => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'chat' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: from,
    notAfterDate: until,
    extensions: [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) }],
  });
  return { cert, key };
};

let own: { cert: string; key: string };
let other: { cert: string; key: string };
beforeAll(async () => {
  own = await pairFor('chat.internal', '*.apps.internal');
  other = await pairFor('chat.internal');
});
const judge = (now: Date, hosts: readonly string[] = [], { cert = own.cert, key = own.key } = {}) =>
  judgePair(cert, key, hosts, now);

describe('a certificate', () => {
  it('that is valid, with its key, for its names, is fine', () => {
    const hosts = ['chat.internal', 'a.apps.internal', '*.apps.internal'];
    expect(judge(daysLater(1), hosts)).toEqual({ faults: [], notes: [] });
  });

  it.each([
    ['ended', daysLater(101), 'tls.crt ended 2030-04-11; expected one that is valid'],
    ['has not begun', daysLater(-1), 'tls.crt begins 2030-01-01; expected one that is valid'],
  ])('that %s is refused', (_, now, fault) => {
    expect(judge(now).faults).toEqual([fault]);
  });

  it('that ends within 14 days is told, and refuses nothing', () => {
    expect(judge(daysLater(87))).toEqual({ faults: [], notes: ['tls.crt ends 2030-04-11, in 13 days'] });
    expect(judge(daysLater(86))).toEqual({ faults: [], notes: [] });
  });

  it('with another’s key is refused', () => {
    expect(judge(daysLater(1), [], { key: other.key }).faults).toEqual([
      'tls.key is not the key of tls.crt; expected a pair',
    ]);
  });

  it('for other names than those that clients ask for is told', () => {
    expect(judge(daysLater(1), ['chat.internal', 'other.internal']).notes).toEqual([
      expect.stringContaining('not for other.internal'),
    ]);
  });

  it('or key that is none is refused, both at once, and neither is quoted', () => {
    const { faults } = judge(daysLater(1), [], { cert: 'half-a-secret', key: 'other-half' });
    expect(faults).toEqual([
      expect.stringMatching(/^tls\.crt is no certificate/),
      expect.stringMatching(/^tls\.key is no private key/),
    ]);
    expect(faults.join()).not.toContain('half');
  });
});
