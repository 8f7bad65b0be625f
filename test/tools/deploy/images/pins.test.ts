import { formatPins, pinChanges, readPins, withPins } from '../../../../tools/deploy/images/pins';
import { faultsOf } from '../../../support/faults';
import { digest, sample } from './environment';

const lab = sample('lab', { chat: `1@${digest('1')}` });
const kind = sample('kind', {}, { reference: 'tag' });
const refused = (word: string, environment = lab) => faultsOf(() => readPins(environment, [word]));

describe('a pin of the command line', () => {
  it('is an image, a tag and a digest', () => {
    expect(readPins(lab, [`notes=4f1c@${digest('a')}`])).toEqual({ notes: `4f1c@${digest('a')}` });
  });

  it('needs no digest where pods name images by tag', () => {
    expect(readPins(kind, ['chat=4f1c'])).toEqual({ chat: '4f1c' });
  });

  it('needs one where they name them by digest, and is told who knows it', () => {
    expect(refused('chat=4f1c')).toEqual([
      'lab.images.pins.chat: "4f1c" has no digest; expected tag@sha256:…, because images.reference is "digest". The push printed it; the registry tells it, too: docker buildx imagetools inspect registry.lab.example.com/chat:4f1c',
    ]);
  });

  it('may be of a stock image: the same rules', () => {
    expect(readPins(lab, [`redis=8.2.2@${digest('b')}`])).toEqual({ redis: `8.2.2@${digest('b')}` });
  });

  it.each([
    ['without an equals sign', 'chat', /^lab\.images\.pins: "chat" is not image=tag\[@digest\]/],
    ['without a tag', 'chat=', /"chat=" is not image=tag/],
    ['of an image that nothing runs', 'chta=1', /^lab\.images\.pins\.chta: .*did you mean `chat`\?/],
    ['with a tag that no registry takes', 'chat=a b', /^lab\.images\.pins\.chat: "a b" is not a tag/],
    ['with a digest that is cut off', 'chat=1@sha256:5fa2', /"1@sha256:5fa2" is not a tag with an optional digest/],
    ['with a whole reference', 'chat=registry.example.com/chat:1', /is not a tag with an optional digest/],
    ['to what marks an image that nobody built', 'chat=unreleased', /"unreleased" marks an image that nobody built/],
  ])('%s is refused', (_, word, message) => {
    expect(refused(word)).toEqual([expect.stringMatching(message)]);
  });

  it('is refused where its image has another one: which was meant?', () => {
    expect(faultsOf(() => readPins(kind, ['chat=1', 'chat=2']))).toEqual([
      'kind.images.pins.chat: is given twice; expected one pin',
    ]);
  });

  it('that is wrong hides no other that is', () => {
    expect(faultsOf(() => readPins(lab, ['chta=1', 'chat=2']))).toHaveLength(2);
  });
});

describe('the file of pins', () => {
  it('keeps the pins that nobody changed, in the order of names: a review shows what changed and nothing else', () => {
    const pins = withPins(sample('kind', { notes: '1', chat: '1' }), { redis: '8', chat: '2' });
    expect(formatPins(pins)).toBe('{\n  "chat": "2",\n  "notes": "1",\n  "redis": "8"\n}\n');
  });
});

describe('a change of pins', () => {
  it('is told with what it replaces, where the file had something', () => {
    expect(pinChanges(kind, { chat: '2' })).toEqual([{ image: 'chat', after: '2' }]);
    expect(pinChanges(lab, { chat: '2' })).toEqual([{ image: 'chat', before: `1@${digest('1')}`, after: '2' }]);
  });

  it('is none where the pin is the same', () => {
    expect(pinChanges(lab, lab.pins)).toEqual([]);
  });
});
