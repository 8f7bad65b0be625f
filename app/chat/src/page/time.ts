const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const withYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

/** The time of day, as the reader's locale writes it. */
export const timeOf = (at: number): string => clock.format(at);

/** Date and time, for whoever wants to know exactly. */
export const momentOf = (at: number): string => full.format(at);

/** Names the reader's day that a moment lies in; equal for two moments of one day. */
export const dayKey = (at: number): string => new Date(at).toDateString();

/** What stands above the messages of a day. */
export function dayName(at: number, now: number): string {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayKey(at) === dayKey(now)) return 'Today';
  if (dayKey(at) === yesterday.toDateString()) return 'Yesterday';
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? weekday.format(at) : withYear.format(at);
}
