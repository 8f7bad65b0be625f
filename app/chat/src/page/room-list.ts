import { avatar } from './avatar';
import type { Conversation } from './conversation';
import { eachFrame, h, KeyedList, setText } from './dom';
import { icon } from './icon';
import type { Session } from './session';

const byName = (a: Conversation, b: Conversation) => a.room.name.localeCompare(b.room.name);

/** My rooms, with what is unread in each. */
export function roomList(session: Session, chosen: (id: string) => void, find: () => void): HTMLElement {
  const rows = {
    key: ({ id }: Conversation) => id,
    create: (conversation: Conversation) => h('li', {}, row(conversation, chosen)),
    update: (element: HTMLElement, conversation: Conversation) => update(element, conversation, session),
  };
  const publicRooms = h('ul');
  const directRooms = h('ul');
  const publicList = new KeyedList(publicRooms, rows);
  const directList = new KeyedList(directRooms, rows);
  const hint = h('p', { class: 'empty' }, 'Pick somebody under People to write to them alone.');
  const show = () => {
    const all = [...session.rooms.values()].sort(byName);
    const direct = all.filter(({ room }) => room.kind === 'direct');
    publicList.show(all.filter(({ room }) => room.kind === 'public'));
    directList.show(direct);
    hint.hidden = direct.length > 0;
  };
  const render = eachFrame(show);
  session.watch((topic) => topic === 'rooms' && render());
  show();
  return h(
    'nav',
    { 'aria-label': 'Rooms' },
    h(
      'div',
      { class: 'heading' },
      h('h2', {}, 'Rooms'),
      h(
        'button',
        { class: 'icon-button', type: 'button', 'aria-label': 'Find or make a room', click: find },
        icon('plus'),
      ),
    ),
    publicRooms,
    h('div', { class: 'heading' }, h('h2', {}, 'Direct messages')),
    directRooms,
    hint,
  );
}

function row({ id, room }: Conversation, chosen: (id: string) => void): HTMLElement {
  const picture = room.with ? avatar(room.with) : icon('room');
  return h(
    'button',
    { class: 'row', type: 'button', click: () => chosen(id) },
    h('span', { class: 'picture' }, picture, room.with && h('span', { class: 'presence', 'aria-hidden': 'true' })),
    h('span', { class: 'name' }, room.name),
    h('span', { class: 'badge' }),
  );
}

function update(element: HTMLElement, { id, room, unread }: Conversation, { open, people }: Session): void {
  const button = element.firstElementChild as HTMLElement;
  const isOpen = open?.id === id;
  if (isOpen) button.setAttribute('aria-current', 'page');
  else button.removeAttribute('aria-current');
  button.classList.toggle('unread', unread > 0);
  const online = room.with !== undefined && people.get(room.with.id)?.online === true;
  button.classList.toggle('online', online);
  const badge = button.querySelector('.badge') as HTMLElement;
  badge.hidden = unread === 0;
  setText(badge, unread > 99 ? '99+' : String(unread));
  const parts = [room.name, ...(online ? ['online'] : []), ...(unread > 0 ? [`${unread} unread`] : [])];
  button.setAttribute('aria-label', parts.join(', '));
}
