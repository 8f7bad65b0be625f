import * as z from 'zod';

/** Letters of any script, digits, `_ . -`: nothing that looks like a blank or hides. */
export const accountName = z
  .string()
  .transform((name) => name.normalize('NFKC'))
  .pipe(
    z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]{1,31}$/u, {
      error: 'A name has 2–32 letters, digits, _ . or -, and begins with a letter or digit.',
    }),
  );

/** NIST SP 800-63B asks for at least 8 and to take long ones. */
export const password = z
  .string({ error: 'A password is missing.' })
  .min(8, { error: 'A password has at least 8 characters.' })
  .max(128, { error: 'A password has at most 128 characters.' });

export const roomName = z
  .string()
  .transform((name) => name.normalize('NFKC').trim())
  .pipe(
    z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} _.-]{1,39}$/u, {
      error: 'A room’s name has 2–40 letters, digits, blanks, _ . or -, and begins with a letter or digit.',
    }),
  );

/** Any text that shows something; lone halves of characters are no text. */
export const messageText = z
  .string({ error: 'A message is a text.' })
  .max(4_000, { error: 'A message has at most 4000 characters.' })
  .regex(/[^\s\p{C}\p{Z}]/u, { error: 'A message needs something that can be seen.' })
  .refine((text) => !/\p{Surrogate}/u.test(text), { error: 'A message must be whole characters.' });

/** Ids of accounts, rooms (two accounts' ids with a dot between in direct ones) and messages. */
export const accountId = z.string().regex(/^[\w-]{1,36}$/, { error: 'This is not the id of an account.' });
export const roomId = z.string().regex(/^[\w-]{1,36}(\.[\w-]{1,36})?$/, { error: 'This is not the id of a room.' });
export const messageId = z
  .string()
  .regex(/^[\w-]{8,64}$/, { error: 'A message’s id has 8–64 letters, digits, _ or -.' });

export const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
