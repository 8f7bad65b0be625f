import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { colourOf, initialsOf } from '../../../../app/chat/src/page/initials';

const STYLE = join(__dirname, '../../../../app/chat/src/page/styles/avatar.css');

/** Relative luminance by WCAG 2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('a person’s picture', () => {
  it.each([
    ['Ana', 'A'],
    ['ana.maria', 'AM'],
    ['Ben_van-Dijk', 'BV'],
    ['élodie', 'É'],
    ['𝒳avier', '𝒳'],
  ])('of %s has the letters %s', (name, letters) => {
    expect(initialsOf(name)).toBe(letters);
  });

  it('has always the same colour, and others have others', () => {
    const colours = Array.from({ length: 100 }, (_, at) => colourOf(`account-${at}`));
    expect(colours).toEqual(Array.from({ length: 100 }, (_, at) => colourOf(`account-${at}`)));
    expect(new Set(colours).size).toBe(10);
  });

  it('has white letters that can be read on every colour', () => {
    const colours = [...readFileSync(STYLE, 'utf8').matchAll(/\.colour-(\d) \{\s+background: (#[\da-f]{6});/g)];
    expect(colours.map(([, number]) => number)).toEqual(Array.from({ length: 10 }, (_, at) => `${at}`));
    for (const [, , hex = ''] of colours) expect(1.05 / (luminance(hex) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});
