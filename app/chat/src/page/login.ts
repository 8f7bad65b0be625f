import type { Account } from '../events';
import { api } from './api';
import { h, setText } from './dom';

const WORDS = {
  login: { title: 'Welcome back', send: 'Log in', question: 'New here?', other: 'Create an account' },
  register: { title: 'Create your account', send: 'Create account', question: 'Have an account?', other: 'Log in' },
} as const;

/** The form of those who are not logged in; it also makes accounts. */
export function loginView(notice: string, entered: (account: Account) => void): HTMLElement {
  let mode: keyof typeof WORDS = 'login';
  const title = h('h1');
  const name = h('input', {
    id: 'name',
    name: 'name',
    autocomplete: 'username',
    autocapitalize: 'none',
    spellcheck: 'false',
    required: true,
    maxlength: 32,
    'aria-describedby': 'name-hint failure',
  });
  const nameHint = h('p', { id: 'name-hint', class: 'hint' }, 'Letters, digits, _ . and -; others see it.');
  const password = h('input', {
    id: 'password',
    name: 'password',
    type: 'password',
    required: true,
    maxlength: 128,
    'aria-describedby': 'password-hint failure',
  });
  const passwordHint = h('p', { id: 'password-hint', class: 'hint' }, 'At least 8 characters.');
  const failure = h('p', { id: 'failure', class: 'failure', role: 'alert' });
  const send = h('button', { class: 'primary', type: 'submit' });
  const question = h('span');
  const other = h('button', {
    class: 'link',
    type: 'button',
    click: () => show(mode === 'login' ? 'register' : 'login'),
  });

  const show = (next: typeof mode) => {
    mode = next;
    const registering = mode === 'register';
    setText(title, WORDS[mode].title);
    setText(send, WORDS[mode].send);
    setText(question, WORDS[mode].question);
    setText(other, WORDS[mode].other);
    setText(failure, '');
    password.autocomplete = registering ? 'new-password' : 'current-password';
    password.minLength = registering ? 8 : 1;
    nameHint.hidden = passwordHint.hidden = !registering;
    name.focus();
  };

  const submit = async () => {
    setText(failure, '');
    send.disabled = true;
    const result = await api[mode]({ name: name.value, password: password.value });
    send.disabled = false;
    if ('data' in result) return entered(result.data.account);
    setText(failure, result.error.message);
    (result.error.code === 'unauthenticated' ? password : name).focus();
  };

  const form = h(
    'form',
    {
      submit: (event) => {
        event.preventDefault();
        void submit();
      },
    },
    h('label', { for: 'name' }, 'Name'),
    name,
    nameHint,
    h('label', { for: 'password' }, 'Password'),
    password,
    passwordHint,
    failure,
    send,
  );
  const view = h(
    'main',
    { class: 'login' },
    h('span', { class: 'mark', 'aria-hidden': 'true' }),
    title,
    notice !== '' && h('p', { class: 'notice', role: 'status' }, notice),
    form,
    h('p', { class: 'switch' }, question, ' ', other),
  );
  queueMicrotask(() => show('login'));
  return view;
}
