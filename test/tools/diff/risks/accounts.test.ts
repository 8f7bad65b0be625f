import { drop, set } from '../edits';
import { type Case, expected, judgement } from '../world';

const ACCOUNTS: readonly Case[] = [
  [
    'a token for its pods',
    'ServiceAccount/chat',
    drop('automountServiceAccountToken'),
    'automountServiceAccountToken',
    'access: its pods are given a token of it unless they refuse',
  ],
  [
    'a role in a cloud',
    'ServiceAccount/chat',
    set('metadata.annotations', { 'eks.amazonaws.com/role-arn': 'arn' }),
    'metadata.annotations',
    'access: its pods may do in the cloud what that role says',
  ],
  [
    'no role in a cloud any more',
    'ServiceAccount/chat',
    set('metadata.annotations', {}),
    'metadata.annotations["eks.amazonaws.com/role-arn"]',
    'safe: an annotation of the object itself; whoever reads it acts on it',
    set('metadata.annotations', { 'eks.amazonaws.com/role-arn': 'arn' }),
  ],
  [
    'an annotation of no cloud',
    'ServiceAccount/chat',
    set('metadata.annotations', { note: 'x' }),
    'metadata.annotations',
    'safe: an annotation of the object itself; whoever reads it acts on it',
  ],
  [
    'fewer pull secrets',
    'ServiceAccount/chat',
    set('imagePullSecrets', []),
    'imagePullSecrets[pull]',
    'restarts: new pods may not be able to pull their image',
  ],
];

describe('an account', () => {
  it.each(ACCOUNTS.map((entry) => [entry[0], entry] as const))('is judged: %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });
});
