import type { Conversation } from './conversation';
import { eachFrame, h, KeyedList, setText } from './dom';
import { icon } from './icon';
import { createRow, updateRow } from './message-row';
import type { Session } from './session';
import { type Row, timeline } from './timeline';

/** Pixels from the end within which a reader counts as being at the end. */
const NEAR_END = 60;
/** Pixels from the beginning within which the page of history before it is loaded. */
const NEAR_BEGINNING = 400;

/** The messages of the open room: the newest at the bottom, older ones when somebody scrolls up. */
export class MessageList {
  readonly element: HTMLElement;
  private readonly rows: KeyedList<Row>;
  private readonly list = h('div', { class: 'rows' });
  private readonly beginningText = h('span');
  private readonly failure = h('button', { class: 'link', type: 'button', click: () => this.loadOlder() }, 'Try again');
  private readonly beginning = h('div', { class: 'beginning' }, this.beginningText, ' ', this.failure);
  private readonly log: HTMLElement;
  private readonly jump: HTMLElement;
  private shown: Conversation | undefined;
  private atEnd = true;

  constructor(private readonly session: Session) {
    this.rows = new KeyedList<Row>(this.list, {
      key: ({ key }) => key,
      create: (row) => createRow(row, session.unsent),
      update: updateRow,
    });
    this.log = h(
      'div',
      { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: 0, id: 'messages', scroll: () => this.scrolled() },
      this.beginning,
      this.list,
    );
    const toEnd = () => {
      this.scrollToEnd();
      this.log.focus();
    };
    this.jump = h('button', { class: 'jump', type: 'button', click: toEnd }, icon('down'), 'New messages');
    this.jump.hidden = true;
    this.element = h('div', { class: 'messages' }, this.log, this.jump);

    const render = eachFrame(() => this.render());
    session.watch((topic) => ['open', 'messages', 'outbox'].includes(topic) && render());
    document.addEventListener('visibilitychange', () => this.settle());
    // The keyboard of a phone and growing rows move the end away from whoever is there.
    const resized = new ResizeObserver(() => this.atEnd && this.scrollToEnd());
    resized.observe(this.log);
    resized.observe(this.list);
    render();
  }

  focus(): void {
    this.log.focus();
  }

  scrollToEnd(): void {
    this.log.scrollTop = this.log.scrollHeight;
    this.atEnd = true;
    this.settle();
  }

  private render(): void {
    const { open, outbox, me } = this.session;
    if (!open) {
      this.rows.show([]);
      setText(this.beginningText, '');
      this.failure.hidden = true;
      this.shown = undefined;
      return;
    }
    const isOther = open !== this.shown;
    if (this.atEnd && !isOther) open.trim();
    const newest = this.list.lastElementChild;
    const rows = timeline(
      open.messages,
      outbox.filter(({ room }) => room === open.id),
      me,
      Date.now(),
    );
    // What is loaded because it was asked for is not news.
    this.log.setAttribute('aria-busy', String(isOther || open.history === 'loading'));
    this.log.setAttribute('aria-label', `Messages in ${open.room.name}`);
    this.keepPlace(() => {
      this.showBeginning(open, rows.length === 0);
      this.rows.show(rows);
    });
    if (isOther || this.atEnd) this.scrollToEnd();
    else if (newest !== this.list.lastElementChild) this.jump.hidden = false;
    this.shown = open;
    if (open.history !== 'loading') requestAnimationFrame(() => this.log.setAttribute('aria-busy', 'false'));
    this.settle();
  }

  /** The first text that can be seen stays where it stands, whatever is put before it. */
  private keepPlace(change: () => void): void {
    const { top } = this.log.getBoundingClientRect();
    const texts = [...this.list.querySelectorAll('.text')];
    const anchor = texts.find((text) => text.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top ?? 0;
    change();
    if (anchor?.isConnected) this.log.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  private showBeginning(room: Conversation, empty: boolean): void {
    this.beginning.classList.toggle('alone', empty && room.older === undefined);
    const failed = room.history === 'failed' && room.older !== undefined;
    this.failure.hidden = !failed;
    setText(this.beginningText, failed ? 'Earlier messages could not be loaded.' : beginningOf(room, empty));
  }

  private scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.settle();
  }

  /** Does what follows from where the reader is: more history above, and having read at the end. */
  private settle(): void {
    const { open } = this.session;
    if (!open || open !== this.shown) return;
    if (this.log.scrollTop < NEAR_BEGINNING && open.history === 'idle') this.loadOlder();
    if (!this.atEnd) return;
    this.jump.hidden = true;
    if (document.visibilityState === 'visible') this.session.readOpen();
  }

  private loadOlder(): void {
    if (this.session.open) void this.session.loadOlder(this.session.open);
  }
}

/** What stands above the first message. */
function beginningOf({ older, room }: Conversation, empty: boolean): string {
  if (older !== undefined) return 'Loading earlier messages…';
  if (empty) return 'Nothing has been said here yet. Write the first message.';
  return room.with ? `Here begins what you and ${room.name} say to each other.` : `Here begins ${room.name}.`;
}
