import { readFileSync } from 'node:fs';

/** Clock ticks of /proc a second; Linux fixes them at 100 for user space. */
const TICKS = 100;

/** Seconds of processor time that a process has used so far, user and system, all its threads. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field, the name, may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [fields[11], fields[12]].map(Number) as [number, number];
  return (user + system) / TICKS;
}

/** Bytes of a process in memory. */
export function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error(`/proc/${pid}/status: no VmRSS; expected a process that runs`);
  return Number(kibibytes) * 1024;
}
