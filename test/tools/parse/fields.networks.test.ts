import * as fc from 'fast-check';
import { cidr, host, hostName, ipAddress, port, registry } from '../../../tools/parse/fields';
import { accepts, refusal } from '../../support/accepted';

const octet = fc.nat(255);
const ipv4 = fc.tuple(octet, octet, octet, octet);

describe('hostName', () => {
  it.each(['a', 'api.lab.example.com', '0.example', 'xn--bcher-kva.example', 'a-b.c-d'])('takes %s', (name) => {
    expect(accepts(hostName, name)).toBe(true);
  });

  it.each(['', 'a..b', '.a', 'a.', '-a.b', 'a-.b', 'a.-b', 'a.b-', 'Example.com', 'a:80', 'https://a', 'a/b', 'a\n'])(
    'refuses "%s"',
    (name) => {
      expect(accepts(hostName, name)).toBe(false);
    },
  );

  it('ends at 253 characters, as DNS does', () => {
    expect(
      [253, 254].map((length) => accepts(hostName, `a.${'bc.'.repeat(84)}`.slice(0, length - 1).concat('z'))),
    ).toEqual([true, false]);
  });

  it('says what was given', () => {
    expect(refusal(hostName, 'API')).toBe('lab.field: "API" is not a host name in lower case');
  });

  it.each(['192.0.2.1', '192.0.2.256', 'a.1', '7'])('refuses %s, which would be read as an address', (name) => {
    expect(accepts(hostName, name)).toBe(false);
  });
});

describe('host', () => {
  it.each(['api.example.com', '192.0.2.1', '2001:db8::1'])('takes %s', (name) => {
    expect(accepts(host, name)).toBe(true);
  });

  it.each(['192.0.2.256', 'API', '1.2.3', 'fe80::1%eth0', ''])('refuses %s: neither a name nor an address', (name) => {
    expect(accepts(host, name)).toBe(false);
  });
});

describe('registry', () => {
  it.each(['-', '..', 'a/..', 'a:0', 'a:99999x', 'a/-b'])('refuses %s', (name) => {
    expect(accepts(registry, name)).toBe(false);
  });

  it.each([
    'localhost:5000',
    'registry.example.com',
    'registry.example.com:5000/team/a_b.c-d',
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
  ])('takes %s', (name) => {
    expect(accepts(registry, name)).toBe(true);
  });

  it.each([
    '',
    'https://a',
    'a/',
    'a//b',
    '/a',
    'a:',
    'a:x',
    'a:123456',
    'Registry',
    'a/Team',
    'a/b:1',
    'a/b@sha256:0',
  ])('refuses "%s": an image is the registry, a slash and a name', (name) => {
    expect(accepts(registry, name)).toBe(false);
  });

  it('says that no scheme is expected', () => {
    expect(refusal(registry, 'https://a')).toBe(
      'lab.field: "https://a" is not a registry: host, optional port and path, no scheme',
    );
  });
});

describe('port', () => {
  it.each([
    [0, false],
    [1, true],
    [65535, true],
    [65536, false],
    [80.5, false],
    ['80', false],
    [Number.NaN, false],
  ])('%p is one: %p', (value, expected) => {
    expect(accepts(port, value)).toBe(expected);
  });

  it('says where ports end', () => {
    expect(refusal(port, 65536)).toBe('lab.field: 65536 is too large; expected at most 65535');
  });
});

describe('ipAddress', () => {
  it.each(['1', '1.2.3', '010.0.0.1', '0x7f.0.0.1', '2130706433', '192.0.2.256', 'fe80::1%eth0'])(
    'refuses %s, which programs read differently',
    (address) => {
      expect(accepts(ipAddress, address)).toBe(false);
    },
  );

  it.each(['192.0.2.1', '0.0.0.0', '255.255.255.255', '::', '2001:db8::1', '::ffff:192.0.2.1'])(
    'takes %s',
    (address) => {
      expect(accepts(ipAddress, address)).toBe(true);
    },
  );

  it.each([
    '',
    '256.0.2.1',
    '192.0.2.1/24',
    '192.0.2.1:80',
    'localhost',
    '2001:db8::/32',
    ':::',
    ' 192.0.2.1',
    '1.2.3.4.5',
  ])('refuses "%s"', (address) => {
    expect(accepts(ipAddress, address)).toBe(false);
  });

  it('takes every dotted quad', () => {
    fc.assert(fc.property(ipv4, (octets) => expect(accepts(ipAddress, octets.join('.'))).toBe(true)));
  });

  it('says what was given', () => {
    expect(refusal(ipAddress, '192.0.2.256')).toBe('lab.field: "192.0.2.256" is not an IP address');
  });
});

describe('cidr', () => {
  it.each(['010.0.0.0/8', '10.0/16', '0x0a000000/8', '192.0.2.0/024', '10.0.0.0/', 'fe80::%eth0/10'])(
    'refuses %s, which programs read differently',
    (network) => {
      expect(accepts(cidr, network)).toBe(false);
    },
  );

  it.each(['192.0.2.0/24', '192.0.2.128/25', '192.0.2.1/32', '0.0.0.0/0', '2001:db8::/32', '2001:db8::1/128', '::/0'])(
    'takes %s',
    (range) => {
      expect(accepts(cidr, range)).toBe(true);
    },
  );

  it.each(['192.0.2.1/24', '192.0.2.64/25', '10.0.0.1/8', '2001:db8::1/32', '2001:db8::8000:0:0:1/64'])(
    'refuses host bits in %s: one reader takes the network, another the address',
    (range) => {
      expect(accepts(cidr, range)).toBe(false);
    },
  );

  it.each(['', '192.0.2.0', '192.0.2.0/', '192.0.2.0/33', '192.0.2.0/-1', '2001:db8::/129', 'a/24', '192.0.2.0/24 '])(
    'refuses "%s"',
    (range) => {
      expect(accepts(cidr, range)).toBe(false);
    },
  );

  it('takes an IPv4 network exactly where no bit is set behind its prefix', () => {
    fc.assert(
      fc.property(ipv4, fc.integer({ min: 0, max: 32 }), (octets, bits) => {
        const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
        expect(accepts(cidr, `${octets.join('.')}/${bits}`)).toBe(address % 2 ** (32 - bits) === 0);
      }),
    );
  });

  it('shows what a network looks like', () => {
    expect(refusal(cidr, '192.0.2.1/24')).toBe(
      'lab.field: "192.0.2.1/24" is not a network in CIDR form with zero host bits, such as 192.0.2.0/24',
    );
  });
});
