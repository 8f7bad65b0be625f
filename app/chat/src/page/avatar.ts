import type { Account } from '../events';
import { h } from './dom';
import { colourOf, initialsOf } from './initials';

/** A round picture of a person: decoration beside the name, so hidden from screen readers. */
export function avatar({ id, name }: Account): HTMLElement {
  return h('span', { class: `avatar colour-${colourOf(id)}`, 'aria-hidden': 'true' }, initialsOf(name));
}
