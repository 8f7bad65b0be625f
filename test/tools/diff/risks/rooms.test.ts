import { drop, set } from '../edits';
import { type Case, expected, judgement } from '../world';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const label = (name: string) => `metadata.labels[${JSON.stringify(name)}]`;

const ROOMS: readonly Case[] = [
  [
    'a lower level of Pod Security',
    'Namespace/shop',
    ({ metadata }) => {
      metadata.labels[ENFORCE] = 'privileged';
    },
    label(ENFORCE),
    'access: pods may do more than Pod Security let them',
  ],
  [
    'no level of Pod Security',
    'Namespace/shop',
    ({ metadata }) => {
      delete metadata.labels[ENFORCE];
    },
    label(ENFORCE),
    'access: pods may do more than Pod Security let them',
  ],
  [
    'a higher level of Pod Security',
    'Namespace/shop',
    ({ metadata }) => {
      metadata.labels[ENFORCE] = 'restricted';
    },
    label(ENFORCE),
    'restarts: pods that do not keep to it are refused when they are next made',
  ],
  [
    'older rules of Pod Security',
    'Namespace/shop',
    ({ metadata }) => {
      metadata.labels[`${ENFORCE}-version`] = 'v1.30';
    },
    label(`${ENFORCE}-version`),
    'access: pods are held to the rules of an older Kubernetes, which were fewer',
  ],
  [
    'newer rules of Pod Security',
    'Namespace/shop',
    ({ metadata }) => {
      metadata.labels[`${ENFORCE}-version`] = 'latest';
    },
    label(`${ENFORCE}-version`),
    'safe: a label of the object itself',
  ],
  [
    'a higher quota',
    'ResourceQuota/shop',
    ({ spec }) => {
      spec.hard['requests.cpu'] = '5';
    },
    'spec.hard["requests.cpu"]',
    'access: the namespace may take more of the cluster',
  ],
  [
    'a lower quota',
    'ResourceQuota/shop',
    ({ spec }) => {
      spec.hard['requests.cpu'] = '500m';
    },
    'spec.hard["requests.cpu"]',
    'restarts: what exceeds it is refused when it is next made',
  ],
  [
    'a higher limit',
    'LimitRange/shop',
    drop('spec.limits.0.max.cpu'),
    'spec.limits[Container].max.cpu',
    'access: one container may take more of the cluster',
  ],
  [
    'a lower limit',
    'LimitRange/shop',
    set('spec.limits.0.max.cpu', '1'),
    'spec.limits[Container].max.cpu',
    'restarts: what exceeds it is refused when it is next made',
  ],
  [
    'a higher least',
    'LimitRange/shop',
    set('spec.limits.0.min.cpu', '1'),
    'spec.limits[Container].min.cpu',
    'restarts: what asks for less is refused when it is next made',
  ],
  [
    'a least that was not there',
    'LimitRange/shop',
    set('spec.limits.0.min.memory', '1Mi'),
    'spec.limits[Container].min.memory',
    'restarts: what asks for less is refused when it is next made',
  ],
  [
    'a lower least',
    'LimitRange/shop',
    set('spec.limits.0.min.cpu', '1m'),
    'spec.limits[Container].min.cpu',
    'safe: holds for containers that are made from now on',
  ],
  [
    'another check of what is written',
    'ValidatingAdmissionPolicy/gate',
    set('spec.failurePolicy', 'Ignore'),
    'spec.failurePolicy',
    'access: what is checked, or what follows from it, is another',
  ],
  [
    'another webhook',
    'ValidatingWebhookConfiguration/gate',
    set('webhooks.0.failurePolicy', 'Ignore'),
    'webhooks[gate.example.com].failurePolicy',
    'access: what is sent where, or what follows from it, is another',
  ],
  [
    'another server of the API',
    'APIService/v1.metrics.example.com',
    set('spec.service.name', 'other'),
    'spec.service.name',
    'access: somebody else may answer for a part of the API',
  ],
];

describe('what a namespace and the cluster allow', () => {
  it.each(ROOMS.map((entry) => [entry[0], entry] as const))('is judged: %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });
});
