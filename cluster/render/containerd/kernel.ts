/** Modules: layers of images, and bridges whose packets the packet filter sees. */
export const MODULES = lines('overlay', 'br_netfilter');

/**
 * What nodes forward and filter. Calico's agent refuses to start while `all.rp_filter` is 2, as Ubuntu sets it: pods
 * could then pretend to be others. Of the interface's value and that of `all`, the kernel takes the greater.
 */
export const SYSCTLS = lines(
  'net.ipv4.ip_forward = 1',
  'net.bridge.bridge-nf-call-iptables = 1',
  'net.bridge.bridge-nf-call-ip6tables = 1',
  'net.ipv4.conf.all.rp_filter = 1',
);

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
