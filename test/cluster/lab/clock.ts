/** Milliseconds on a clock that every process of the machine shares and nobody sets. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until something is so. @throws Error naming it, where it is not so in time. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>, limit = 20_000): Promise<void> {
  const end = now() + limit;
  while (!(await isSo())) {
    if (now() > end) throw new Error(`${what}: not within ${limit / 1000} s`);
    await pause(50);
  }
}
