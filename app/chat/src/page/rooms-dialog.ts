import type { Failure, PublicRoom, Result, Room } from '../events';
import { api } from './api';
import { h, KeyedList, setText } from './dom';
import { icon } from './icon';
import type { Session } from './session';

/** Finds public rooms by their name, and makes new ones. */
export function roomsDialog(session: Session, entered: () => void): { element: HTMLDialogElement; show(): void } {
  const rooms = new Map<string, PublicRoom>();
  let next: string | undefined;

  const field = h('input', {
    id: 'room-name',
    autocomplete: 'off',
    maxlength: 40,
    placeholder: 'For example: Gardening',
    input: () => render(),
    'aria-describedby': 'room-failure',
  });
  const failure = h('p', { id: 'room-failure', class: 'failure', role: 'alert' });
  const list = h('ul', { 'aria-label': 'Public rooms' });
  const none = h('p', { class: 'empty', role: 'status' });
  const make = h('button', { class: 'primary', type: 'submit' });
  const more = h('button', { class: 'link', type: 'button', click: () => void load() }, 'Show more rooms');
  const rows = new KeyedList<PublicRoom>(list, {
    key: ({ id }) => id,
    create: (room) =>
      h(
        'li',
        {},
        h(
          'button',
          { class: 'row', type: 'button', click: () => void choose(room) },
          h('span', { class: 'picture' }, icon('room')),
          h('span', { class: 'name' }, room.name),
          h('span', { class: 'action' }),
        ),
      ),
    update: (element, { id }) =>
      setText(element.querySelector('.action') as Element, session.rooms.has(id) ? 'Open' : 'Join'),
  });

  const named = () => field.value.trim();
  const render = () => {
    const words = named().toLowerCase();
    const found = [...rooms.values()].filter(({ name }) => name.toLowerCase().includes(words));
    const exact = found.some(({ name }) => name.toLowerCase() === words);
    rows.show(found);
    more.hidden = next === undefined;
    make.hidden = words === '' || exact;
    setText(make, `Make room “${named()}”`);
    setText(none, found.length > 0 ? '' : 'No room has this name. You can make it.');
    setText(failure, '');
  };
  const load = async () => {
    const result = await api.publicRooms(next);
    if ('error' in result) return fail(result.error);
    for (const room of result.data.rooms) rooms.set(room.id, room);
    next = result.data.next;
    render();
  };
  const fail = (error: Failure) => setText(failure, session.refused(error).message);
  const enter = (result: Result<{ room: Room }>) => {
    if ('error' in result) return fail(result.error);
    element.close();
    session.enter(result.data.room);
    entered();
  };
  const choose = async ({ id, name }: PublicRoom) => {
    const mine = session.rooms.get(id);
    enter(mine ? { data: { room: mine.room } } : await api.joinRoom(name));
  };
  const submit = async () => {
    if (named() === '') return;
    // There may be a room of this name beyond those that were loaded.
    const created = await api.createRoom(named());
    enter('error' in created && created.error.code === 'taken' ? await api.joinRoom(named()) : created);
  };

  const form = h(
    'form',
    {
      submit: (event) => {
        event.preventDefault();
        void submit();
      },
    },
    h('label', { for: 'room-name' }, 'Name of a room'),
    field,
    failure,
    make,
  );
  const element = h(
    'dialog',
    { 'aria-labelledby': 'rooms-title' },
    h(
      'header',
      {},
      h('h2', { id: 'rooms-title' }, 'Find or make a room'),
      h(
        'button',
        { class: 'icon-button', type: 'button', 'aria-label': 'Close', click: () => element.close() },
        icon('close'),
      ),
    ),
    form,
    list,
    none,
    more,
  );
  const show = () => {
    field.value = '';
    rooms.clear();
    next = undefined;
    render();
    setText(none, '');
    element.showModal();
    field.focus();
    void load();
  };
  return { element, show };
}
