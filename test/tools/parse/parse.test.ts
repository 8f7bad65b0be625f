import * as fc from 'fast-check';
import * as z from 'zod';
import { fields, nearest, parse, Refused, show } from '../../../tools/parse/parse';

/** The faults that a value is refused with; none where it is read. */
function faults(schema: z.ZodType, value: unknown): readonly string[] {
  try {
    parse(schema, value, 'lab.chat');
    return [];
  } catch (error) {
    if (error instanceof Refused) return error.faults;
    throw error;
  }
}

const app = fields({
  image: z.string(),
  replicas: z.number().int().min(1).max(9).optional(),
  pullPolicy: z.enum(['Always', 'IfNotPresent']).optional(),
  labels: z.record(z.string(), z.string()).readonly().optional(),
  ports: z
    .array(fields({ name: z.string().min(2).max(5), number: z.number() }))
    .min(1)
    .max(2)
    .readonly()
    .optional(),
});

const storage = z.discriminatedUnion('provisioner', [
  fields({ provisioner: z.literal('local'), class: z.string() }),
  fields({ provisioner: z.literal('cluster') }),
]);

const scale = z.union([fields({ min: z.number(), max: z.number() }), fields({ replicas: z.number() })]);

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
