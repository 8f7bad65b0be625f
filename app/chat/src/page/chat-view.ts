import { api } from './api';
import { avatar } from './avatar';
import { banner } from './banner';
import { Composer } from './composer';
import { h, setText } from './dom';
import { Drawer } from './drawer';
import { icon } from './icon';
import { MessageList } from './message-list';
import { peopleList } from './people-list';
import { roomList } from './room-list';
import { roomsDialog } from './rooms-dialog';
import type { Session } from './session';
import { toast } from './toast';
import { typingLine } from './typing-line';

/** Screens on which the rooms, and the people, are drawers. The same stand in styles/layout.css. */
const ROOMS_NARROW = '(max-width: 759px)';
const PEOPLE_NARROW = '(max-width: 1119px)';

/** The page of those who are logged in. */
export function chatView(session: Session, loggedOut: () => void): HTMLElement {
  const messages = new MessageList(session);
  const composer = new Composer(session, () => messages.scrollToEnd());
  const focusRoom = () => composer.focus() || messages.focus();
  const closeDrawers = () => {
    roomsDrawer.close();
    peopleDrawer.close();
  };
  const entered = () => {
    closeDrawers();
    focusRoom();
  };
  const dialog = roomsDialog(session, entered);
  const notice = toast();

  const logOut = async () => {
    const result = await api.logout();
    if ('error' in result && result.error.code !== 'unauthenticated') notice.say(result.error.message);
    else loggedOut();
  };
  const choose = (id: string) => {
    session.openRoom(id);
    entered();
  };
  const sidebar = h(
    'div',
    { class: 'sidebar', id: 'rooms' },
    h('p', { class: 'brand' }, h('span', { class: 'mark', 'aria-hidden': 'true' }), 'Chat'),
    roomList(session, choose, dialog.show),
    h(
      'div',
      { class: 'account' },
      avatar(session.me),
      h('span', { class: 'name' }, session.me.name),
      h(
        'button',
        { class: 'icon-button', type: 'button', 'aria-label': 'Log out', click: () => void logOut() },
        icon('leave'),
      ),
    ),
  );
  const writeTo = async ({ id }: { id: string }) => {
    const failure = await session.openDirect(id);
    if (failure) notice.say(failure.message);
    else entered();
  };
  const people = h('aside', { class: 'people', id: 'people' }, peopleList(session, writeTo));

  const menu = h(
    'button',
    { class: 'icon-button menu', type: 'button', click: () => roomsDrawer.show(menu) },
    icon('menu'),
  );
  const peopleButton = h(
    'button',
    { class: 'icon-button who', type: 'button', 'aria-label': 'People', click: () => peopleDrawer.show(peopleButton) },
    icon('people'),
  );
  const title = h('h1');
  const subtitle = h('p', { class: 'subtitle' });
  const main = h(
    'main',
    {},
    h('header', {}, menu, h('div', { class: 'titles' }, title, subtitle), peopleButton),
    banner(session),
    messages.element,
    typingLine(session),
    composer.element,
  );
  const shade = h('div', { class: 'shade', click: closeDrawers });
  const view = h('div', { class: 'chat' }, skipLink(), sidebar, main, people, shade, dialog.element, notice.element);
  const roomsDrawer = new Drawer(sidebar, [main, people], ROOMS_NARROW);
  const peopleDrawer = new Drawer(people, [main, sidebar], PEOPLE_NARROW);

  const showTitle = () => {
    const { open, rooms } = session;
    setText(title, open?.room.name ?? 'Chat');
    const other = open?.room.with;
    const presence = session.people.get(other?.id ?? '')?.online ? 'Online' : 'Offline';
    setText(subtitle, open ? (other ? presence : 'Public room') : '');
    const elsewhere = [...rooms.values()].filter((room) => room !== open && room.unread > 0).length;
    const unread = [...rooms.values()].reduce((sum, room) => sum + room.unread, 0);
    menu.classList.toggle('unread', elsewhere > 0);
    menu.setAttribute('aria-label', elsewhere > 0 ? `Rooms, ${elsewhere} with unread messages` : 'Rooms');
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${open ? `${open.room.name} · ` : ''}Chat`;
  };
  const failures = () => session.outbox.filter(({ state }) => state === 'failed').length;
  let failed = 0;
  session.watch((topic) => {
    if (topic === 'rooms' || topic === 'people' || topic === 'open') showTitle();
    // The first room has come: whoever has just logged in can write at once.
    if (topic === 'open' && document.activeElement === document.body) focusRoom();
    if (topic !== 'outbox') return;
    if (failures() > failed) notice.say('A message was not sent.');
    failed = failures();
  });
  showTitle();
  return view;
}

function skipLink(): HTMLElement {
  return h('a', { class: 'skip', href: '#message' }, 'Skip to writing a message');
}
