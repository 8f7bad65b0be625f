import { samplesIn } from '../../../../tools/deploy/preflight/sample-values';

const valuesIn = (text: string) => samplesIn(text).map(({ value }) => value);

describe('a sample value', () => {
  it.each([
    ['192.0.2.0/24', ['192.0.2.0/24']],
    ['198.51.100.144/28', ['198.51.100.144/28']],
    ['bind 203.0.113.7:6379', ['203.0.113.7']],
    ['end of a sentence: 192.0.2.1.', ['192.0.2.1']],
    ['2001:db8::1', ['2001:db8::1']],
    ['https://[2001:DB8:1::7]:6443', ['2001:DB8:1::7']],
    ['2001:db8:40::/48', ['2001:db8:40::/48']],
    ['3fff::1', ['3fff::1']],
    ['https://chat.example.com/ready', ['chat.example.com']],
    ['EXAMPLE.ORG', ['EXAMPLE.ORG']],
    ['registry.lab.example.net:5000/chat:1', ['registry.lab.example.net']],
    ['See example.com.', ['example.com']],
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com/chat', ['123456789012']],
    ['arn:aws:iam::123456789012:role/x', ['123456789012']],
    ['https://a.example.com,https://192.0.2.9', ['a.example.com', '192.0.2.9']],
  ])('is found in %s', (text, values) => {
    expect(valuesIn(text)).toEqual(values);
  });

  it.each([
    ['an address of others', '10.20.2.1 192.0.3.1 8.8.8.8 2001:db9::1'],
    ['a version of four numbers', '1.192.0.2.1 v192.0.2.1'],
    ['a number that is no address', '192.0.2.256'],
    ['a network that holds far more than documentation', '192.0.0.0/16 198.51.100.0/22 0.0.0.0/0 ::/0 2001::/16'],
    ['a host of others', 'myexample.com example.com.au example.company counterexample.org 127.0.0.1.nip.io'],
    ['a longer number', '1234567890123 0123456789012 a123456789012b'],
    ['a time, a pair, a class', '10:30:00 a:b std::string :: image:tag'],
  ])('is not %s', (_, text) => {
    expect(valuesIn(text)).toEqual([]);
  });

  it('says what it is', () => {
    expect(samplesIn('123456789012 example.com 192.0.2.1 192.0.2.0/24').map(({ kind }) => kind)).toEqual([
      'account',
      'host',
      'address',
      'network',
    ]);
  });
});
