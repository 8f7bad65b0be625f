import type { Rendered } from '../../support/rendered';

type Edit = (object: Rendered) => void;

/** The object that holds a field, and the field's last step: `spec.containers.0.image`. */
function holder(object: Rendered, path: string): readonly [held: Rendered, last: string] {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  return [steps.reduce((at, step) => at[step], object), last];
}

/** An edit that gives a field a value. */
export const set =
  (path: string, value: unknown): Edit =>
  (object) => {
    const [held, last] = holder(object, path);
    held[last] = value;
  };

/** An edit that removes a field. */
export const drop =
  (path: string): Edit =>
  (object) => {
    const [held, last] = holder(object, path);
    delete held[last];
  };

/** An edit that adds an entry to a list. */
export const add =
  (path: string, entry: unknown): Edit =>
  (object) => {
    const [held, last] = holder(object, path);
    held[last].push(entry);
  };
