import { avatar } from './avatar';
import { h, setText } from './dom';
import { momentOf, timeOf } from './time';
import type { Delivery, Row } from './timeline';

type MessageRow = Extract<Row, { kind: 'message' }>;

/** What a person can do with a message of theirs that was not sent. */
export interface Unsent {
  retry(id: string): void;
  discard(id: string): void;
}

/** A message or the name of a day. */
export function createRow(row: Row, unsent: Unsent): HTMLElement {
  return row.kind === 'day' ? h('h3', { class: 'day' }, h('span', {}, row.text)) : createMessage(row, unsent);
}

export function updateRow(element: HTMLElement, row: Row): void {
  if (row.kind === 'day') return;
  const { delivery } = row;
  const failed = delivery?.state === 'failed';
  element.classList.toggle('first', row.first);
  element.classList.toggle('waiting', delivery !== undefined && !failed);
  element.classList.toggle('failed', failed);
  const status = element.querySelector('.status');
  if (!status) return;
  setText(status, sentenceOf(delivery));
  element.classList.toggle('held', delivery?.failure !== undefined && !failed);
  for (const button of element.querySelectorAll('button')) button.hidden = !failed;
}

function createMessage({ key, author, text, at, mine }: MessageRow, unsent: Unsent): HTMLElement {
  const id = key.slice(author.id.length + 1);
  return h(
    'article',
    { class: mine ? 'message mine' : 'message', 'data-id': id },
    !mine && avatar(author),
    h(
      'div',
      { class: 'content' },
      h(
        'p',
        { class: 'byline' },
        h('span', { class: 'author' }, mine ? 'You' : author.name),
        h('time', { datetime: new Date(at).toISOString(), title: momentOf(at) }, timeOf(at)),
      ),
      h('p', { class: 'text' }, text),
      mine &&
        h(
          'p',
          { class: 'delivery', 'aria-live': 'off' },
          h('span', { class: 'status' }),
          h('button', { class: 'link', type: 'button', click: () => unsent.retry(id) }, 'Try again'),
          h('button', { class: 'link', type: 'button', click: () => unsent.discard(id) }, 'Delete'),
        ),
    ),
  );
}

function sentenceOf(delivery: Delivery | undefined): string {
  if (delivery === undefined) return '';
  const { state, failure } = delivery;
  if (state === 'failed') return failure ? `Not sent. ${failure.message}` : 'Not sent: the chat was not reached.';
  return failure && state === 'waiting' ? `Waits. ${failure.message}` : 'Sending…';
}
