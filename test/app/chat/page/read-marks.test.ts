import { ReadMarks } from '../../../../app/chat/src/page/read-marks';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('read marks', () => {
  it('are told at once, and in a busy room once a second', () => {
    const told: string[] = [];
    const marks = new ReadMarks((room) => told.push(room));
    for (const room of ['r', 'r', 'other', 'r']) marks.moved(room);
    expect(told).toEqual(['r']);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual(['r', 'r', 'other']);
    jest.advanceTimersByTime(10_000);
    expect(told).toHaveLength(3);
    marks.moved('r');
    expect(told).toHaveLength(4);
  });

  it('are told no more after the end', () => {
    const told: string[] = [];
    const marks = new ReadMarks((room) => told.push(room));
    marks.moved('r');
    marks.moved('r');
    marks.close();
    jest.runAllTimers();
    expect(told).toEqual(['r']);
  });
});
