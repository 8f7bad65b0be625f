import { production as cluster } from '../../cluster/specs/production';
import { chat } from '../apps/chat';
import { hello } from '../apps/hello';
import { redis } from '../stores/redis';
import { environment } from './environment';
import pins from './images/production.json';

const host = 'chat.example.com';

/** Kubeadm on EC2, images from ECR, everything in Redis. */
export const production = environment({
  name: 'production',
  cluster,
  namespace: 'chat',
  // Pulled by the kubelet's credential provider. Without one, set `pullSecret: 'ecr-secret'` and keep that Secret fresh.
  images: {
    registry: '123456789012.dkr.ecr.eu-central-1.amazonaws.com',
    reference: 'digest',
    pullPolicy: 'Always',
    pins,
  },
  storage: { provisioner: 'ebs', class: 'gp3' },
  quota: {
    cpu: ['9', '10'],
    memory: ['10Gi', '12Gi'],
    ephemeralStorage: ['8Gi', '8Gi'],
    pods: 40,
    storage: '50Gi',
  },
  clients: ['198.51.100.144/28'],
  viewers: 'slipway:viewers',
  smoke: [`https://${host}/ready`],
  run: [
    redis({ resources: { cpu: ['500m', '500m'], memory: ['1Gi', '1Gi'] }, storage: '10Gi' }),
    chat({
      store: 'redis',
      origins: [`https://${host}`],
      scale: { min: 3, max: 10, cpu: 70, memory: 80 },
      rollout: { maxSurge: '25%', maxUnavailable: 0 },
      resources: { cpu: ['500m', '500m'], memory: ['512Mi', '512Mi'] },
      expose: {
        via: 'ingress',
        host,
        tlsSecret: 'chat-tls',
        affinity: { strategy: 'traefik', cookie: 'chat_pod' },
      },
    }),
    hello({ expose: { via: 'nodePort', port: 30008 } }),
  ],
});
