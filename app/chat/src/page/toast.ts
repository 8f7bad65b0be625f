import { h, setText } from './dom';

/** Milliseconds that a sentence stands. */
const STANDS = 6_000;

/** Says, to eyes and to ears, what went wrong at no particular place. */
export function toast(): { element: HTMLElement; say(sentence: string): void } {
  const element = h('p', { class: 'toast', role: 'status' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (sentence: string) => {
    clearTimeout(timer);
    setText(element, sentence);
    timer = setTimeout(() => setText(element, ''), STANDS);
  };
  return { element, say };
}
