import type { Instance, Keepalived } from './config';

/** Instances of other machines that hold the same address: those with its router id and one address in common. */
export const rivalsOf = (instance: Instance, others: readonly Keepalived[]): Instance[] =>
  others
    .flatMap(({ instances }) => instances)
    .filter(
      ({ routerId, addresses }) =>
        routerId !== undefined &&
        routerId.value === instance.routerId?.value &&
        addresses.some((address) => instance.addresses.includes(address)),
    );
