import { parse, type SerializeOptions, serialize } from 'cookie';

export interface SessionCookie {
  /** The session's id in a Cookie header. */
  read(header: string | undefined): string | undefined;
  /** Value of Set-Cookie that keeps the id, or, without one, forgets it. */
  write(id: string | undefined): string;
}

/** `__Host-`: only this very host may set it, only over TLS, for all paths. Browsers refuse the prefix without TLS. */
export function sessionCookie(secure: boolean, seconds: number): SessionCookie {
  const name = secure ? '__Host-chat' : 'chat';
  const options: SerializeOptions = { path: '/', httpOnly: true, sameSite: 'strict', secure };
  return {
    read: (header) => (header === undefined ? undefined : parse(header)[name]),
    write: (id) => serialize(name, id ?? '', { ...options, maxAge: id === undefined ? 0 : seconds }),
  };
}
