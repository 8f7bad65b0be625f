import { Tally, textOf } from './tally';

const ignore = () => {};

/** Two members, two messages on their way. */
function postTwo() {
  const tally = new Tally();
  const texts = [0, 1].map(() => textOf(tally.post('room', 2), 40));
  return {
    tally,
    first: Buffer.from(`42["messages",{"text":"${texts[0]}"}]`),
    both: Buffer.from(JSON.stringify(texts)),
  };
}

describe('the tally', () => {
  it('finds every message of an event that carries many', () => {
    const { tally, both } = postTwo();
    tally.count(both, 'room', 0, ignore);
    tally.count(both, 'room', 1, ignore);
    expect(tally).toMatchObject({ deliveries: 4, missing: 0, open: 0, duplicated: 0, strayed: 0 });
  });

  it('misses what one member did not get', () => {
    const { tally, first, both } = postTwo();
    tally.count(both, 'room', 0, ignore);
    tally.count(first, 'room', 1, ignore);
    expect(tally).toMatchObject({ missing: 1, open: 1 });
  });

  it('tells a delivery that came twice from one that another member got', () => {
    const { tally, first } = postTwo();
    tally.count(first, 'room', 0, ignore);
    tally.count(first, 'room', 1, ignore);
    expect(tally.duplicated).toBe(0);
    tally.count(first, 'room', 1, ignore);
    expect(tally).toMatchObject({ duplicated: 1, missing: 2 });
  });

  it('counts as strayed what reaches another room', () => {
    const { tally, first } = postTwo();
    tally.count(first, 'elsewhere', 0, ignore);
    expect(tally).toMatchObject({ strayed: 1, deliveries: 0, missing: 4 });
  });

  it('says when the last member has a message', () => {
    const { tally, first } = postTwo();
    const complete: boolean[] = [];
    for (const member of [0, 1, 1]) tally.count(first, 'room', member, (_, whole) => complete.push(whole));
    expect(complete).toEqual([false, true]);
  });
});
