import { h, setText } from './dom';
import type { Session } from './session';
import { typingSentence } from './typing';

/** Who writes in the open room at this moment. Not announced: it comes and goes too often to be listened to. */
export function typingLine(session: Session): HTMLElement {
  const words = h('span');
  const dots = h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
  const element = h('p', { class: 'typing' }, dots, words);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    clearTimeout(timer);
    const now = Date.now();
    const { names, until } = session.open ? session.typing.in(session.open.id, now) : { names: [] };
    setText(words, typingSentence(names));
    dots.hidden = names.length === 0;
    if (until !== undefined) timer = setTimeout(show, until - now);
  };
  session.watch((topic) => topic === 'typing' && show());
  show();
  return element;
}
