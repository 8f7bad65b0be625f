import execa from 'execa';

/** A machine of the lab: a network namespace with one interface, on a port of its rig's switch. */
export interface Host {
  readonly namespace: string;
  readonly address: string;
  /** Name of its interface. */
  readonly link: string;
  readonly switchNamespace: string;
  /** Its port there. */
  readonly port: string;
}

const ip = async (...words: string[]): Promise<string> => (await execa('ip', words)).stdout;

/** A switch in a namespace of its own. */
export async function createSwitch(namespace: string): Promise<void> {
  await ip('netns', 'add', namespace);
  await ip('-netns', namespace, 'link', 'add', 'bridge', 'type', 'bridge', 'forward_delay', '0');
  await ip('-netns', namespace, 'link', 'set', 'bridge', 'up');
}

/** Makes the machine and plugs it in. */
export async function createHost(host: Host): Promise<Host> {
  const { namespace, address, link, switchNamespace, port } = host;
  await ip('netns', 'add', namespace);
  const peer = ['peer', 'name', port, 'netns', switchNamespace];
  await ip('link', 'add', link, 'netns', namespace, 'type', 'veth', ...peer);
  await ip('-netns', switchNamespace, 'link', 'set', port, 'master', 'bridge', 'up');
  await ip('-netns', namespace, 'address', 'add', `${address}/24`, 'dev', link);
  for (const name of [link, 'lo']) await ip('-netns', namespace, 'link', 'set', name, 'up');
  return host;
}

/** Nothing reaches the machine any more, and nobody is told. */
export async function cutOff({ switchNamespace, port }: Host): Promise<void> {
  await ip('-netns', switchNamespace, 'link', 'set', port, 'nomaster');
}

export async function reconnect({ switchNamespace, port }: Host): Promise<void> {
  await ip('-netns', switchNamespace, 'link', 'set', port, 'master', 'bridge');
}

/** Takes an address off a machine that may hold it. */
export async function removeAddress({ namespace, link }: Host, address: string): Promise<void> {
  await execa('ip', ['-netns', namespace, 'address', 'delete', `${address}/32`, 'dev', link], { reject: false });
}

export async function killAll(namespace: string): Promise<void> {
  const pids = await ip('netns', 'pids', namespace);
  for (const pid of pids.split('\n').filter((line) => line !== '')) signal(Number(pid), 'SIGKILL');
}

export async function removeNamespace(namespace: string): Promise<void> {
  await killAll(namespace);
  await ip('netns', 'delete', namespace);
}

/** A process that has ended meanwhile is no fault. Below zero: its whole group. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
