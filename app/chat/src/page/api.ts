import type { Account, FailureBody, Message, Person, PublicRoom, Result, Room } from '../events';

const UNREACHABLE: FailureBody = {
  error: { code: 'unavailable', message: 'The chat cannot be reached. Check your connection and try again.' },
};

interface Page {
  /** `after` of the next page, where there is one. */
  readonly next?: string;
}

export interface History {
  readonly epoch: string;
  /** The newest first. */
  readonly messages: readonly Message[];
  /** `before` of the next page, where there is one. */
  readonly next?: number;
}

/** Every failure is an answer, also that nobody answered: nothing here throws. */
async function request<Data>(method: 'GET' | 'POST', path: string, body?: object): Promise<Result<Data>> {
  try {
    const response = await fetch(path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (response.status === 204) return { data: undefined as Data };
    const answer = await response.json();
    if (response.ok) return { data: answer };
    return 'error' in answer ? answer : UNREACHABLE;
  } catch {
    return UNREACHABLE;
  }
}

const query = (fields: Readonly<Record<string, string | number | undefined>>): string => {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};

type Credentials = { name: string; password: string };

export const api = {
  me: () => request<{ account: Account }>('GET', '/me'),
  register: (credentials: Credentials) => request<{ account: Account }>('POST', '/register', credentials),
  login: (credentials: Credentials) => request<{ account: Account }>('POST', '/login', credentials),
  logout: () => request<void>('POST', '/logout'),
  users: (after?: string) => request<Page & { users: Person[] }>('GET', `/users${query({ after })}`),
  rooms: () => request<{ rooms: Room[] }>('GET', '/rooms'),
  publicRooms: (after?: string) => request<Page & { rooms: PublicRoom[] }>('GET', `/rooms/public${query({ after })}`),
  createRoom: (name: string) => request<{ room: Room }>('POST', '/rooms', { name }),
  joinRoom: (name: string) => request<{ room: Room }>('POST', '/rooms/join', { name }),
  openDirect: (user: string) => request<{ room: Room }>('POST', '/rooms/direct', { user }),
  history: (room: string, before: number) =>
    request<History>('GET', `/rooms/${encodeURIComponent(room)}/messages${query({ before, limit: 50 })}`),
};
