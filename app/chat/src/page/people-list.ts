import type { Person } from '../events';
import { avatar } from './avatar';
import { eachFrame, h, KeyedList, setText } from './dom';
import type { Session } from './session';

const onlineFirst = (a: Person, b: Person) => Number(b.online) - Number(a.online) || a.name.localeCompare(b.name);

/** Everybody else, those who are here first. Choosing one opens the room of two. */
export function peopleList(session: Session, chosen: (person: Person) => void): HTMLElement {
  const list = h('ul');
  const rows = new KeyedList<Person>(list, {
    key: ({ id }) => id,
    create: (person) =>
      h(
        'li',
        {},
        h(
          'button',
          { class: 'row', type: 'button', click: () => chosen(person) },
          h('span', { class: 'picture' }, avatar(person), h('span', { class: 'presence', 'aria-hidden': 'true' })),
          h('span', { class: 'name' }, person.name),
        ),
      ),
    update: (element, { name, online }) => {
      element.firstElementChild?.classList.toggle('online', online);
      element.firstElementChild?.setAttribute('aria-label', `Write to ${name}, ${online ? 'online' : 'offline'}`);
    },
  });
  const count = h('p', { class: 'count' });
  const empty = h('p', { class: 'empty' }, 'Nobody else has an account yet. Tell somebody the address of this page.');
  const show = () => {
    const others = [...session.people.values()].filter(({ id }) => id !== session.me.id).sort(onlineFirst);
    rows.show(others);
    empty.hidden = others.length > 0;
    setText(count, `${others.filter(({ online }) => online).length + 1} online`);
  };
  const render = eachFrame(show);
  session.watch((topic) => topic === 'people' && render());
  show();
  return h(
    'section',
    { 'aria-labelledby': 'people-title' },
    h('div', { class: 'heading' }, h('h2', { id: 'people-title' }, 'People'), count),
    list,
    empty,
  );
}
