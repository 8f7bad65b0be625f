import { lab as cluster } from '../../cluster/specs/lab';
import { chat } from '../apps/chat';
import { hello } from '../apps/hello';
import { redis } from '../stores/redis';
import { environment } from './environment';
import pins from './images/lab.json';

const host = 'chat.lab.example.com';
/** The registry inside the cluster; it holds the stock images too, copied with all their architectures. */
const registry = 'registry.lab.example.com:5000';

/** Virtual machines on bare metal: disks of the workers, the cluster's own registry. */
export const lab = environment({
  name: 'lab',
  cluster,
  namespace: 'chat',
  images: { registry, mirror: registry, reference: 'digest', pullPolicy: 'Always', pins },
  storage: {
    provisioner: 'local',
    class: 'local',
    volumes: [
      { node: 'worker-1', path: '/mnt/slipway/volume-1', size: '5Gi' },
      { node: 'worker-2', path: '/mnt/slipway/volume-2', size: '5Gi' },
    ],
  },
  quota: {
    cpu: ['3', '4'],
    memory: ['4Gi', '5Gi'],
    ephemeralStorage: ['6Gi', '6Gi'],
    pods: 20,
    storage: '10Gi',
  },
  clients: ['198.51.100.0/24'],
  viewers: 'slipway:viewers',
  smoke: [`https://${host}/ready`],
  run: [
    redis({ resources: { cpu: ['250m', '250m'], memory: ['512Mi', '512Mi'] }, storage: '5Gi' }),
    chat({
      store: 'redis',
      origins: [`https://${host}`],
      expose: {
        via: 'ingress',
        host,
        tlsSecret: 'chat-tls',
        affinity: { strategy: 'haproxytech', cookie: 'chat_pod' },
      },
    }),
    hello({ expose: { via: 'nodePort', port: 30008 } }),
  ],
});
