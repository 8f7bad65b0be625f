import * as fc from 'fast-check';
import * as z from 'zod';
import { closestName, fields, nearest, oneOf, parse, Refused, show } from '../../../tools/parse/parse';
import { app, faults, scale, storage } from '../../support/parsed';

describe('a choice by a named field', () => {
  it('reads the alternative that the field names', () => {
    expect(parse(storage, { provisioner: 'local', class: 'fast' }, 'lab.chat')).toEqual({
      provisioner: 'local',
      class: 'fast',
    });
  });

  it('lists the alternatives where the field is missing', () => {
    expect(faults(storage, { class: 'fast' })).toEqual([
      'lab.chat.provisioner: is missing; expected one of `local`, `cluster`',
    ]);
  });

  it('suggests the nearest alternative', () => {
    expect(faults(storage, { provisioner: 'locale', class: 'fast' })).toEqual([
      'lab.chat.provisioner: "locale": did you mean `local`?',
    ]);
  });

  it('lists the alternatives where the field is near to none', () => {
    expect(faults(storage, { provisioner: 'ebs' })).toEqual([
      'lab.chat.provisioner: "ebs": expected one of `local`, `cluster`',
    ]);
  });

  it.each([
    [null, 'null'],
    [7, '7'],
  ])('shows a field that is no text: %j', (provisioner, shown) => {
    expect(faults(storage, { provisioner })).toEqual([
      `lab.chat.provisioner: ${shown}: expected one of \`local\`, \`cluster\``,
    ]);
  });

  it.each([
    ['null', null, 'null is not an object'],
    ['a text', 'local', '"local" is not an object'],
    ['a number', 7, '7 is not an object'],
    ['a list', [], '[] is not an object'],
    ['nothing', undefined, 'is missing; expected an object'],
  ])('refuses what is no object instead of looking into it: %s', (_, value, expected) => {
    expect(faults(fields({ storage }), { storage: value })).toEqual([`lab.chat.storage: ${expected}`]);
  });

  it('reports the faults of the named alternative only', () => {
    expect(faults(storage, { provisioner: 'cluster', class: 'fast' })).toEqual([
      'lab.chat: unknown field `class`; expected `provisioner`',
    ]);
  });
});

describe('a choice by shape', () => {
  it('fails as the alternative with the fewest faults: the one that was meant', () => {
    expect(faults(scale, { replicas: '3' })).toEqual(['lab.chat.replicas: "3" is not a number']);
  });

  it('fails as the nearest one wherever that stands among the alternatives', () => {
    expect(faults(scale, { min: 1, max: '3' })).toEqual(['lab.chat.max: "3" is not a number']);
  });

  it('reports every fault of the alternative that was meant', () => {
    const either = z.union([fields({ a: z.string(), b: z.string(), c: z.string() }), fields({ d: z.string() })]);
    expect(faults(either, { d: 1, e: 1 })).toEqual([
      'lab.chat.d: 1 is not a string',
      'lab.chat: unknown field `e`; expected `d`',
    ]);
  });

  it('keeps the whole path where a choice lies inside another one', () => {
    const outer = z.union([fields({ fixed: z.number(), every: z.number(), from: z.number() }), fields({ scale })]);
    expect(faults(outer, { scale: { min: 1, max: '3' } })).toEqual(['lab.chat.scale.max: "3" is not a number']);
  });

  it.each([null, 'three', 3, [3]])('refuses what is no object: %j', (value) => {
    expect(faults(scale, value)).toEqual([`lab.chat: ${show(value)} is not an object`]);
  });
});

describe('several faults', () => {
  it('are reported at once, each with its own path: nobody wants to meet them one after the other', () => {
    const value = {
      replicas: 0,
      ports: [
        { name: 'http', number: 80 },
        { name: 'metrics', number: '90', open: 1 },
      ],
    };
    expect(faults(app, value)).toEqual([
      'lab.chat.image: is missing; expected a string',
      'lab.chat.replicas: 0 is too small; expected at least 1',
      'lab.chat.ports.1.name: "metrics" is too large; expected at most 5 characters',
      'lab.chat.ports.1.number: "90" is not a number',
      'lab.chat.ports.1: unknown field `open`; expected one of `name`, `number`',
    ]);
  });

  it('stand in the message, a line each', () => {
    expect(() => parse(fields({ a: z.string(), b: z.string() }), { a: 1, b: 2 }, 'lab')).toThrow(
      new Refused(['lab.a: 1 is not a string', 'lab.b: 2 is not a string']),
    );
  });
});

describe('a name in a table', () => {
  const pins = z.record(
    z.string().refine((name) => name !== '', { error: 'is no name' }),
    z.string(),
  );

  it('is refused with the rule that it breaks', () => {
    expect(faults(pins, { '': '1.0' })).toEqual([expect.stringMatching(/^lab\.chat.*: is no name$/)]);
  });

  it('leads to the value that is wrong', () => {
    expect(faults(pins, { chat: 1 })).toEqual(['lab.chat.chat: 1 is not a string']);
  });
});

describe('a rule with a text of its own', () => {
  it('is told in that text, behind the path', () => {
    const even = z.number().refine((n) => n % 2 === 0, { error: ({ input }) => `${input} is odd` });
    expect(faults(fields({ votes: even }), { votes: 3 })).toEqual(['lab.chat.votes: 3 is odd']);
  });

  it('is told in the words of zod where it has none: they name the rule at least', () => {
    expect(faults(fields({ step: z.number().multipleOf(5) }), { step: 3 })).toEqual([
      expect.stringMatching(/^lab\.chat\.step: .*multiple of 5/),
    ]);
  });
});

describe('the nearest name', () => {
  it.each([
    ['abc', 'abcde', 'did you mean `abcde`?'],
    ['abc', 'abcdef', 'expected `abcdef`'],
    ['ab', 'abc', 'did you mean `abc`?'],
    ['ab', 'xy', 'expected `xy`'],
    ['a', 'b', 'expected `b`'],
    ['production', 'prodction', 'did you mean `prodction`?'],
    ['abcdefghi', 'abcdefxyz', 'did you mean `abcdefxyz`?'],
    ['abcdefghi', 'abcdewxyz', 'expected `abcdewxyz`'],
    ['abcdefgh', 'abcdexyz', 'expected `abcdexyz`'],
  ])('of "%s" is offered up to two typos, or one in three letters: "%s"', (name, known, expected) => {
    expect(nearest(name, [known])).toBe(expected);
  });

  it('is the one with the fewest typos', () => {
    expect(nearest('chatt', ['cart', 'hello', 'chat'])).toBe('did you mean `chat`?');
  });

  it('of an exact name is that name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), fc.nat(), (names, pick) => {
        const name = names[pick % names.length] ?? '';
        expect(nearest(name, names)).toBe(`did you mean \`${name}\`?`);
      }),
    );
  });

  it('is not looked for where there are none', () => {
    expect(nearest('chat', [])).toBe('there is none');
  });
});

describe('a name that somebody may have meant', () => {
  it('is the nearest one, and none where none is near', () => {
    expect(['chta', 'elsewhere'].map((name) => closestName(name, ['redis', 'chat']))).toEqual(['chat', undefined]);
  });

  it('is none where there are none', () => {
    expect(closestName('chat', [])).toBeUndefined();
  });

  it('is a name of another case: `clusterip` is `clusterIP`', () => {
    expect(closestName('clusterip', ['type', 'clusterIP', 'clusterIPs'])).toBe('clusterIP');
  });
});

describe('values to choose from', () => {
  it.each([
    [['a'], '`a`'],
    [['a', 1], 'one of `a`, `1`'],
  ])('%j are %s', (values, text) => {
    expect(oneOf(values)).toBe(text);
  });
});
