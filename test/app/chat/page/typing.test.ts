import { Typing, typingSentence } from '../../../../app/chat/src/page/typing';

const BEN = { id: 'b', name: 'Ben' };

describe('who writes', () => {
  it('is forgotten after four seconds', () => {
    const typing = new Typing();
    typing.heard('r', BEN, 0);
    expect(typing.in('r', 3_999)).toEqual({ names: ['Ben'], until: 4_000 });
    expect(typing.in('r', 4_000)).toEqual({ names: [] });
  });

  it('is remembered again with every notice', () => {
    const typing = new Typing();
    typing.heard('r', BEN, 0);
    typing.heard('r', BEN, 2_000);
    expect(typing.in('r', 5_000).names).toEqual(['Ben']);
  });

  it('has written when the message is there', () => {
    const typing = new Typing();
    typing.heard('r', BEN, 0);
    typing.said('r', 'b');
    expect(typing.in('r', 1).names).toEqual([]);
  });

  it('writes in one room only', () => {
    const typing = new Typing();
    typing.heard('r', BEN, 0);
    expect(typing.in('other', 1).names).toEqual([]);
  });

  it.each([
    [[], ''],
    [['Ana'], 'Ana is writing…'],
    [['Ana', 'Ben'], 'Ana and Ben are writing…'],
    [['Ana', 'Ben', 'Cleo'], 'Several people are writing…'],
  ])('%j is said as “%s”', (names, sentence) => {
    expect(typingSentence(names)).toBe(sentence);
  });
});
