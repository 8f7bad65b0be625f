import type { Account } from '../events';

/** Milliseconds after which a person no longer counts as writing. */
const FORGET = 4_000;

/** Who writes in which room. */
export class Typing {
  private readonly rooms = new Map<string, Map<string, { name: string; until: number }>>();

  heard(room: string, { id, name }: Account, now: number): void {
    const writers = this.rooms.get(room) ?? new Map();
    this.rooms.set(room, writers.set(id, { name, until: now + FORGET }));
  }

  /** Their message has come. */
  said(room: string, author: string): void {
    this.rooms.get(room)?.delete(author);
  }

  /** Names of those who write, and when to look again. */
  in(room: string, now: number): { names: readonly string[]; until?: number } {
    const writing = [...(this.rooms.get(room)?.values() ?? [])].filter(({ until }) => until > now);
    return {
      names: writing.map(({ name }) => name),
      ...(writing.length > 0 && { until: Math.min(...writing.map(({ until }) => until)) }),
    };
  }
}

export function typingSentence(names: readonly string[]): string {
  const [first, second, ...others] = names;
  if (first === undefined) return '';
  if (second === undefined) return `${first} is writing…`;
  return others.length === 0 ? `${first} and ${second} are writing…` : 'Several people are writing…';
}
