import { meant } from '../../../../tools/check/references/meant';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `name-${index}`);

describe('what a name may have meant', () => {
  it('is the nearest name', () => {
    expect(meant('chta', ['redis', 'chat'], 'something')).toBe('`chat`');
  });

  it('is one of a few where none is near', () => {
    expect(meant('elsewhere', names(10), 'something')).toMatch(/^one of `name-0`, .*`name-9`$/);
  });

  it('is not a list that nobody reads: thousands of objects would make a message of thousands of names', () => {
    expect(meant('elsewhere', names(11), 'something')).toBe('something');
  });

  it('is said in words where there is nothing to choose from', () => {
    expect(meant('chat', [], 'something')).toBe('something');
  });
});
