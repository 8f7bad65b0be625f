import { judge } from '../../../../tools/check/run';
import { loadSchemas } from '../../../../tools/check/schema/schemas';
import { secretsChecks } from '../../../../tools/check/secrets';
import { loadFolder } from '../../../../tools/manifests/load';
import { hardened } from '../hardening/hardened';
import { judged } from '../judged';
import * as planted from './planted';

const widget = (text: string) => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { list: [{ text }] },
});
const found = (text: string) => judged(secretsChecks, [widget(text)]).findings;

describe('the search for secrets', () => {
  it.each(['production', 'kind', 'lab'])('finds nothing in dist/%s', (environment) => {
    const path = `dist/${environment}`;
    const folder = { path, inventoryPath: undefined, inventory: undefined, base: { missing: 'not asked' } };
    const verdict = judge({ ...folder, set: loadFolder(path), schemas: loadSchemas('1.36') }, [], secretsChecks);
    expect([...verdict.findings, ...verdict.unanswered]).toEqual([]);
  });

  it('looks for objects first of all', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web', namespace: 'shop' } };
    expect(judged(secretsChecks, [secret]).findings).toEqual([expect.objectContaining({ check: 'secrets/object' })]);
  });

  it('finds nothing in a hardened workload', () => {
    expect(judged(secretsChecks, hardened().objects).findings).toEqual([]);
  });

  it.each(Object.entries(planted.ORDINARY))('finds nothing in %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['secrets/private-key', planted.PRIVATE_KEY],
    ['secrets/token', planted.TOKENS.npm ?? ''],
    ['secrets/password-hash', planted.HASHES['bcrypt, 2y'] ?? ''],
    ['secrets/docker-config', planted.REGISTRY_LOGINS["docker's config"] ?? ''],
    ['secrets/url', planted.URLS['a password alone'] ?? ''],
  ])('%s looks into every string of every object, and into base64', (check, text) => {
    const at = { check, at: 'Widget/web spec.list[0].text' };
    expect(found(text)).toEqual([expect.objectContaining(at)]);
    expect(found(planted.base64(`${text} and more`))).toEqual([expect.objectContaining(at)]);
  });

  it('says what it found, and nothing of a short secret', () => {
    expect(found('redis://:hunter2@redis:6379')).toEqual([
      expect.objectContaining({ wrong: 'holds a URL with a password, 7 characters' }),
    ]);
  });

  it('never shows a secret', () => {
    const samples = [planted.KEYS, planted.TOKENS, planted.HASHES, planted.REGISTRY_LOGINS, planted.URLS].flatMap(
      Object.values,
    );
    const objects = [
      ...samples.map(widget),
      {
        ...widget(''),
        kind: 'ConfigMap',
        apiVersion: 'v1',
        data: { password: 'swordfish-9', file: 'token=swordfish-9' },
      },
      { ...widget(''), metadata: { name: 'web', annotations: { password: 'swordfish-9', file: 'token=swordfish-9' } } },
    ];
    const said = judged(secretsChecks, objects).findings.map(({ wrong, right }) => `${wrong}; ${right}`);
    expect(said.length).toBeGreaterThanOrEqual(samples.length + 4);
    for (const line of said) expect(line).not.toMatch(/hunter2|fish|[\w+/=-]{25,}/);
  });

  it('are called by ids of their own', () => {
    expect(new Set(secretsChecks.map(({ id }) => id)).size).toBe(secretsChecks.length);
  });
});
