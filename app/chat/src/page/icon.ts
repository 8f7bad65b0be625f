const SVG = 'http://www.w3.org/2000/svg';

/** Outlines on a field of 24 by 24. */
const OUTLINES = {
  menu: 'M4 7h16M4 12h16M4 17h10',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.4c2.2.8 3.5 2.8 3.5 5.6',
  plus: 'M12 5v14M5 12h14',
  send: 'M4.5 12h14M12.5 5.5 19 12l-6.5 6.5',
  down: 'M12 5v14M5.5 12.5 12 19l6.5-6.5',
  close: 'M6 6l12 12M18 6 6 18',
  leave: 'M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10 12h10M16.5 8.5 20 12l-3.5 3.5',
  room: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16',
} as const;

/** A drawing beside a word or within a button that is labelled; hidden from screen readers. */
export function icon(name: keyof typeof OUTLINES): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', OUTLINES[name]);
  svg.append(path);
  return svg;
}
