import { sessionCookie } from '../../../../app/chat/src/http/session-cookie';

describe('the cookie of a session', () => {
  it('over TLS is bound to this very host, hidden from scripts and from other sites', () => {
    expect(sessionCookie(true, 60).write('abc')).toBe(
      '__Host-chat=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
  });

  it('without TLS is as strict as it can be', () => {
    expect(sessionCookie(false, 60).write('abc')).toBe('chat=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Strict');
  });

  it('is forgotten with the same attributes, or browsers keep it', () => {
    expect(sessionCookie(true, 60).write(undefined)).toBe(
      '__Host-chat=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
  });

  it('is found among others, by its own name alone', () => {
    const { read } = sessionCookie(true, 60);
    expect(read('a=1; __Host-chat=abc; b=2')).toBe('abc');
    expect(read('chat=abc')).toBeUndefined();
    expect(read(undefined)).toBeUndefined();
    expect(read('=;;%')).toBeUndefined();
  });
});
