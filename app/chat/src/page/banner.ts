import { h, setText } from './dom';
import type { Session } from './session';

/** Milliseconds without a connection before that is said: a reconnect takes less. */
const PATIENCE = 800;
/** Milliseconds that the return stands. */
const STANDS = 2_500;

/** Says when the connection is lost, and when it is back. */
export function banner(session: Session): HTMLElement {
  const element = h('p', { class: 'banner', role: 'status' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let said = false;
  const say = (text: string, state: string) => {
    setText(element, text);
    element.dataset.state = state;
  };
  const lost = () => {
    said = true;
    say('Connection lost. Reconnecting… What you write is sent as soon as it is back.', 'lost');
  };
  session.watch((topic) => {
    if (topic !== 'connection') return;
    if (session.connection !== 'online') {
      timer ??= setTimeout(lost, PATIENCE);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    if (said) {
      say('Connected again.', 'back');
      setTimeout(() => session.connection === 'online' && say('', ''), STANDS);
    }
    said = false;
  });
  return element;
}
