import type { Account } from '../events';
import { api } from './api';
import { chatView } from './chat-view';
import { loginView } from './login';
import { Session } from './session';
import { followViewport } from './viewport';

/** Key of this tab's memory of the room that was open. */
const OPEN_ROOM = 'room';

const app = document.getElementById('app') as HTMLElement;

function showLogin(notice = ''): void {
  document.title = 'Log in · Chat';
  app.replaceChildren(loginView(notice, showChat));
}

function showChat(account: Account): void {
  const leave = (notice?: string) => {
    session.close();
    showLogin(notice);
  };
  const session = new Session(account, () => leave('You were logged out. Log in again.'));
  // The first time that rooms are known, one of them opens: the one of before, or the one that all are in.
  session.watch((topic) => {
    if (topic === 'open' && session.open) sessionStorage.setItem(OPEN_ROOM, session.open.id);
    if (topic !== 'rooms' || session.open || session.rooms.size === 0) return;
    const [first] = session.rooms.keys();
    session.openRoom(sessionStorage.getItem(OPEN_ROOM) ?? '');
    if (!session.open && first !== undefined) session.openRoom(session.rooms.has('general') ? 'general' : first);
  });
  // A page that is closed sends nothing more.
  addEventListener('beforeunload', (event) => {
    if (session.outbox.some(({ state }) => state === 'waiting')) event.preventDefault();
  });
  app.replaceChildren(chatView(session, () => leave()));
}

followViewport();
const me = await api.me();
if ('data' in me) showChat(me.data.account);
else showLogin(me.error.code === 'unauthenticated' ? '' : me.error.message);
