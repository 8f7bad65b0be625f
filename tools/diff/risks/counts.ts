/**
 * Whether a count or percentage of pods grew. One of each cannot be compared without knowing of how many: then it may
 * have, unless it became none.
 */
export function isMore(before: unknown, after: unknown): boolean {
  const [was, is] = [String(before), String(after)];
  if (Number.parseFloat(is) === 0) return false;
  return was.endsWith('%') === is.endsWith('%') ? Number.parseFloat(is) > Number.parseFloat(was) : true;
}
