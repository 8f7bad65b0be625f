import { h, setText } from './dom';
import { icon } from './icon';
import type { Session } from './session';

/** Characters that a message may have, and from where on the rest is counted. */
const LONGEST = 4_000;
const COUNTED = 3_600;
/** Milliseconds between two notices that this person writes. */
const TYPING_PERIOD = 2_000;

/** A finger's keyboard has one key for a new line, and no Shift beside it. */
const hasTouchKeyboard = () => matchMedia('(pointer: coarse)').matches;

/** Where messages are written. Keeps what was begun in each room. */
export class Composer {
  readonly element: HTMLElement;
  private readonly field: HTMLTextAreaElement;
  private readonly label = h('label', { class: 'unseen', for: 'message' });
  private readonly rest = h('p', { class: 'rest', id: 'rest', role: 'status' });
  private readonly send: HTMLButtonElement;
  private readonly drafts = new Map<string, string>();
  private room: string | undefined;
  private saidTypingAt = 0;

  /** @param sent called after a message was put on its way. */
  constructor(
    private readonly session: Session,
    private readonly sent: () => void,
  ) {
    this.field = h('textarea', {
      id: 'message',
      rows: 1,
      enterkeyhint: hasTouchKeyboard() ? 'enter' : 'send',
      'aria-describedby': 'rest',
      input: () => this.written(),
      keydown: (event) => this.pressed(event as KeyboardEvent),
    });
    this.send = h('button', { class: 'send', type: 'submit', 'aria-label': 'Send' }, icon('send'));
    const submit = (event: Event) => {
      event.preventDefault();
      this.submit();
    };
    this.element = h('form', { class: 'composer', submit }, this.label, this.field, this.send, this.rest);
    session.watch((topic) => topic === 'open' && this.enter());
    this.enter();
  }

  /** Puts the cursor into the field, but where that would push a keyboard over the messages. */
  focus(): boolean {
    if (hasTouchKeyboard()) return false;
    this.field.focus();
    return true;
  }

  private enter(): void {
    const { open } = this.session;
    if (this.room !== undefined) this.drafts.set(this.room, this.field.value);
    this.room = open?.id;
    this.field.value = this.drafts.get(this.room ?? '') ?? '';
    const words = open ? `Message ${open.room.name}` : 'Message';
    setText(this.label, words);
    this.field.placeholder = words;
    this.field.disabled = open === undefined;
    this.fit();
  }

  private written(): void {
    this.fit();
    const now = Date.now();
    if (this.field.value === '' || now - this.saidTypingAt < TYPING_PERIOD) return;
    this.saidTypingAt = now;
    this.session.sayTyping();
  }

  private pressed(event: KeyboardEvent): void {
    // Enter also ends the choice of an input method; that is not for us.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || hasTouchKeyboard()) return;
    event.preventDefault();
    this.submit();
  }

  private submit(): void {
    const text = this.field.value.trim();
    if (text === '' || text.length > LONGEST) return;
    this.session.send(text);
    this.field.value = '';
    this.saidTypingAt = 0;
    this.fit();
    this.field.focus();
    this.sent();
  }

  /** The field is as high as its text; how much is too much stands below. */
  private fit(): void {
    this.field.style.height = 'auto';
    const borders = this.field.offsetHeight - this.field.clientHeight;
    this.field.style.height = `${this.field.scrollHeight + borders}px`;
    const { length } = this.field.value.trim();
    this.send.disabled = length === 0 || length > LONGEST;
    const over = length - LONGEST;
    setText(this.rest, length < COUNTED ? '' : over > 0 ? `${over} characters too many` : `${-over} characters left`);
    this.rest.classList.toggle('over', over > 0);
  }
}
