import { kind as cluster } from '../../cluster/specs/kind';
import { chat } from '../apps/chat';
import { hello } from '../apps/hello';
import { mysql } from '../stores/mysql';
import { redis } from '../stores/redis';
import { environment } from './environment';
import pins from './images/kind.json';

/** Address at which the kind node publishes ports 80 and 443; nip.io answers every name with the address in it. */
const host = '127.0.0.1.nip.io';

/** A laptop: accounts, rooms and messages in MySQL, images loaded into the nodes, an ingress controller of yesterday. */
export const kind = environment({
  name: 'kind',
  cluster,
  namespace: 'chat',
  images: { registry: 'slipway.local', reference: 'tag', pullPolicy: 'IfNotPresent', pins },
  storage: { provisioner: 'cluster', class: 'standard' },
  quota: {
    cpu: ['3', '4'],
    memory: ['5Gi', '6Gi'],
    ephemeralStorage: ['6Gi', '6Gi'],
    pods: 20,
    storage: '10Gi',
  },
  secretDelivery: 'env',
  plainHttp: 'allowed',
  dedicatedNodes: { key: 'prd', value: 'true', effect: 'NoSchedule' },
  viewers: 'slipway:viewers',
  smoke: [`http://${host}/ready`],
  run: [
    redis({ resources: { cpu: ['250m', '250m'], memory: ['256Mi', '256Mi'] }, storage: '1Gi' }),
    mysql({
      user: 'chat',
      database: 'chat',
      resources: { cpu: ['500m', '500m'], memory: ['1Gi', '1Gi'], ephemeralStorage: ['512Mi', '512Mi'] },
      storage: '1Gi',
    }),
    chat({
      store: 'mysql',
      origins: [`http://${host}`],
      cookie: { secure: false },
      expose: { via: 'ingress', host, affinity: { strategy: 'ingress-nginx', cookie: 'chat_pod', secure: false } },
    }),
    hello({ expose: { via: 'nodePort', port: 30008 } }),
  ],
});
