import * as fc from 'fast-check';
import * as z from 'zod';
import { fields, parse, Refused } from '../../../tools/parse/parse';
import { app, faults, scale, storage } from '../../support/parsed';

describe('a value that fits', () => {
  it('is read as it stands', () => {
    const value = { image: 'chat', replicas: 2, labels: { team: 'a' }, ports: [{ name: 'http', number: 80 }] };
    expect(parse(app, value, 'lab.chat')).toEqual(value);
  });

  it('gets the defaults of what was left out, so that charts never ask whether a field is there', () => {
    expect(parse(fields({ replicas: z.number().default(3) }), {}, 'lab.chat')).toEqual({ replicas: 3 });
  });

  it('cannot be changed at any level: what one chart reads is what the next one reads', () => {
    const value = { image: 'chat', labels: { team: 'a' }, ports: [{ name: 'http', number: 80 }] };
    const read = parse(app, value, 'lab.chat');
    expect([read, read.labels, read.ports, read.ports?.[0]].map(Object.isFrozen)).toEqual([true, true, true, true]);
  });
});

describe('an unknown field', () => {
  it('is refused with the nearest name, because a typo would otherwise fall back to the default in silence', () => {
    expect(faults(app, { image: 'chat', replica: 2 })).toEqual([
      'lab.chat: unknown field `replica`; did you mean `replicas`?',
    ]);
  });

  it('that is near to nothing lists every field there is', () => {
    expect(faults(storage, { provisioner: 'local', class: 'fast', encrypted: true })).toEqual([
      'lab.chat: unknown field `encrypted`; expected one of `provisioner`, `class`',
    ]);
  });

  it('of an object that has no fields says so', () => {
    expect(faults(fields({}), { replicas: 1 })).toEqual(['lab.chat: unknown field `replicas`; there is none']);
  });

  it('is named beside every other unknown field', () => {
    expect(faults(app, { image: 'chat', replica: 2, pullpolicy: 'Always' })).toEqual([
      'lab.chat: unknown field `replica`; did you mean `replicas`?',
      'lab.chat: unknown field `pullpolicy`; did you mean `pullPolicy`?',
    ]);
  });

  it('is still known as the fault where the object came from JSON and calls itself `__proto__`', () => {
    expect(faults(app, JSON.parse('{ "image": "chat", "__proto__": { "replicas": 0 } }')).join()).toContain(
      'unknown field `__proto__`',
    );
  });
});

describe('a missing field', () => {
  it('is named with what it holds', () => {
    expect(faults(app, {})).toEqual(['lab.chat.image: is missing; expected a string']);
  });

  it('that takes one of several values lists them', () => {
    expect(faults(fields({ pull: z.enum(['Always', 'Never']) }), {})).toEqual([
      'lab.chat.pull: is missing; expected one of `Always`, `Never`',
    ]);
  });

  it('that takes one value only names it', () => {
    expect(faults(fields({ version: z.literal('v1') }), {})).toEqual(['lab.chat.version: is missing; expected `v1`']);
  });

  it('reads as English where the type begins with a vowel', () => {
    expect(faults(fields({ ports: z.array(z.number()) }), {})).toEqual([
      'lab.chat.ports: is missing; expected an array',
    ]);
  });
});

describe('a value of the wrong type', () => {
  it.each([
    ['a number', 5, '5 is not a string'],
    ['null', null, 'null is not a string'],
    ['a list', ['chat'], "[ 'chat' ] is not a string"],
    ['an object', { name: 'chat' }, "{ name: 'chat' } is not a string"],
  ])('is shown as it was given: %s', (_, image, expected) => {
    expect(faults(app, { image })).toEqual([`lab.chat.image: ${expected}`]);
  });

  it('shows a text in quotes, so that "5" and 5 look different', () => {
    expect(faults(app, { image: 'chat', replicas: '5' })).toEqual(['lab.chat.replicas: "5" is not a number']);
  });

  it('is shown on one line, so that a fault is one', () => {
    expect(faults(app, { image: 'chat', replicas: 'two\nlines' })).toEqual([
      'lab.chat.replicas: "two\\nlines" is not a number',
    ]);
  });

  it.each([
    ['a number that is none', Number.NaN, 'NaN'],
    ['a number without an end', Number.POSITIVE_INFINITY, 'Infinity'],
    ['a large whole number', 10n, '10n'],
    ['a function', () => 1, '[Function'],
  ])('is shown as what it is, and never crashes the refusal: %s', (_, image, shown) => {
    expect(faults(app, { image })).toEqual([expect.stringContaining(`lab.chat.image: ${shown}`)]);
  });

  it('is refused where it holds itself', () => {
    const image: Record<string, unknown> = {};
    image.image = image;
    expect(faults(app, { image })).toEqual([expect.stringContaining('is not a string')]);
  });

  it('says whole number where a fraction was given', () => {
    expect(faults(app, { image: 'chat', replicas: 1.5 })).toEqual(['lab.chat.replicas: 1.5 is not a whole number']);
  });

  it.each([
    ['null', null, 'null is not an object'],
    ['a text', 'chat', '"chat" is not an object'],
    ['a list', [], '[] is not an object'],
    ['nothing', undefined, 'is missing; expected an object'],
  ])('is refused where the whole input is no object: %s', (_, value, expected) => {
    expect(faults(app, value)).toEqual([`lab.chat: ${expected}`]);
  });
});

describe('a value out of a list of values', () => {
  it('is refused with the nearest one', () => {
    expect(faults(app, { image: 'chat', pullPolicy: 'always' })).toEqual([
      'lab.chat.pullPolicy: "always": did you mean `Always`?',
    ]);
  });

  it('that is near to none lists them all', () => {
    expect(faults(app, { image: 'chat', pullPolicy: 'whenever' })).toEqual([
      'lab.chat.pullPolicy: "whenever": expected one of `Always`, `IfNotPresent`',
    ]);
  });

  it.each([
    [null, 'null'],
    [7, '7'],
    [{}, '{}'],
  ])('that is no text at all is shown: %j', (pullPolicy, shown) => {
    expect(faults(app, { image: 'chat', pullPolicy })).toEqual([
      `lab.chat.pullPolicy: ${shown}: expected one of \`Always\`, \`IfNotPresent\``,
    ]);
  });
});

describe('a value that is too small or too large', () => {
  it.each([
    ['a number below', { replicas: 0 }, 'replicas: 0 is too small; expected at least 1'],
    ['a number above', { replicas: 10 }, 'replicas: 10 is too large; expected at most 9'],
    ['a short text', { ports: [{ name: 'a', number: 1 }] }, '"a" is too small; expected at least 2 characters'],
    ['a long text', { ports: [{ name: 'abcdef', number: 1 }] }, '"abcdef" is too large; expected at most 5 characters'],
    ['a short list', { ports: [] }, 'ports: [] is too small; expected at least 1 entry'],
  ])('is shown with the bound and what is counted: %s', (_, value, expected) => {
    expect(faults(app, { image: 'chat', ...value }).join()).toContain(expected);
  });

  it('names the bound of a list that is too long', () => {
    const ports = ['ab', 'cd', 'ef'].map((name) => ({ name, number: 1 }));
    expect(faults(app, { image: 'chat', ports }).join()).toMatch(/is too large; expected at most 2 entries$/);
  });
});

describe('a refusal', () => {
  it('is known by its name in a log', () => {
    expect(new Refused(['a', 'b'])).toMatchObject({ name: 'Refused', message: 'a\nb', faults: ['a', 'b'] });
  });

  it('is what any JSON that does not fit gets, never a crash', () => {
    const everything = fields({ app, storage, scale });
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ app: fc.jsonValue(), storage: fc.jsonValue(), scale: fc.jsonValue() })),
        (value) => {
          for (const fault of faults(everything, value)) expect(fault).toMatch(/^lab\.chat[.:]/);
        },
      ),
    );
  });
});
