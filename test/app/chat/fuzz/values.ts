import fc from 'fast-check';

/** Words that mean something to the chat, so that inputs come through its first checks. */
export interface Known {
  /** Rooms that the fuzzing people are in. */
  readonly rooms: readonly string[];
  /** Room of others, to which nobody may come. */
  readonly canary: string;
  /** Ids of accounts. */
  readonly accounts: readonly string[];
}

const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  '..',
  '/',
  ':',
  '*',
  '\0',
  '\r\n',
  '\u202e',
  '\ud800',
  '%00',
  '{}',
  "' or 1=1 --",
  '$gt',
];

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 200 }),
  fc.constantFrom(...HOSTILE),
);

export const roomArb = ({ rooms, canary }: Known): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...rooms, canary) },
    { weight: 2, arbitrary: fc.constant(canary) },
    { weight: 1, arbitrary: anyText.map((text) => canary + text) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
    { weight: 1, arbitrary: fc.constant([canary]) },
  );

const numberArb = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.nat(50),
  fc.constantFrom(-1, 2 ** 53, 1e308, '1', null, Number.MAX_SAFE_INTEGER),
);

const textArb = fc.oneof(
  anyText,
  fc.nat(20_000).map((length) => 'x'.repeat(length)),
  fc.jsonValue({ maxDepth: 1 }),
);

/** An object with fields of the chat, some of them missing, some of no kind that it knows. */
export const bodyArb = (known: Known): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record(
        {
          room: roomArb(known),
          id: fc.oneof(fc.uuid(), anyText, numberArb),
          text: textArb,
          seq: numberArb,
          after: numberArb,
          epoch: anyText,
          name: fc.oneof(anyText, fc.constantFrom('General', 'general', 'Canary')),
          user: fc.oneof(fc.constantFrom(...known.accounts), anyText, fc.constant(known.canary)),
          password: textArb,
        },
        { requiredKeys: [] },
      ),
    },
    {
      weight: 3,
      arbitrary: fc.record({ room: fc.constantFrom(...known.rooms, known.canary), id: fc.uuid(), text: anyText }),
    },
    { weight: 2, arbitrary: fc.record({ room: roomArb(known) }) },
    { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
    { weight: 1, arbitrary: fc.constant(JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{}}}')) },
  );

/** A text with a few letters changed, taken away, doubled or put in. */
export const mutated = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      texts,
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.constantFrom('cut', 'double', 'put', 'flip'),
          fc.string({ unit: 'binary', maxLength: 3 }),
        ),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
    )
    .map(([text, changes]) => changes.reduce(change, text));

function change(text: string, [where, how, put]: [number, string, string]): string {
  const at = text.length === 0 ? 0 : where % text.length;
  const [before, after] = [text.slice(0, at), text.slice(at)];
  if (how === 'cut') return before + after.slice(1);
  if (how === 'double') return before + after.slice(0, 8) + after;
  if (how === 'put') return before + put + after;
  return before + String.fromCharCode((after.charCodeAt(0) || 0) ^ 1) + after.slice(1);
}
