import { secretObjects } from '../../../../tools/check/secrets/objects';
import { judged } from '../judged';
import { base64 } from './planted';

const found = (object: object) => judged([secretObjects], [object]).findings.map(({ at }) => at);
const metadata = { name: 'web', namespace: 'shop' };
const secret = (fields: object) => ({ apiVersion: 'v1', kind: ['Sec', 'ret'].join(''), ...fields });
const widget = (spec: object) => ({ apiVersion: 'example.com/v1', kind: 'Widget', metadata, spec });
const configMap = (text: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { file: text } });
const AS_YAML = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: hunter2\n';
const IN_FILE = ['ConfigMap/web data.file'];

describe('secrets/object', () => {
  it.each([
    ['data', { metadata, data: { password: 'aHVudGVyMg==' } }],
    ['text', { metadata, stringData: { password: 'hunter2' } }],
    ['nothing at all', { metadata }],
  ])('finds a Secret with %s', (_, fields) => {
    expect(found(secret(fields))).toEqual(['Secret/web kind']);
  });

  it.each([
    ['metadata', secret({ metadata })],
    ['data', secret({ data: {} })],
    ['text', secret({ stringData: {} })],
    ['items', secret({ kind: 'SecretList', items: [] })],
  ])('finds a Secret with %s in a field of another object', (_, template) => {
    expect(found(widget({ templates: [template] }))).toEqual(['Widget/web spec.templates[0]']);
  });

  it.each([
    ['YAML', AS_YAML],
    ['one document of several', `kind: ConfigMap\napiVersion: v1\n---\n${AS_YAML}`],
    ['JSON', JSON.stringify(secret({ metadata, data: {} }))],
    ['a list', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [secret({ metadata })] })],
    ['base64', base64(AS_YAML)],
    ['a template', `{{ if .enabled }}\n${AS_YAML}{{ end }}\n`],
    ['a script', `kubectl apply -f - <<EOF\n${AS_YAML}EOF\n`],
    ['a template that brings data', `{{ if .enabled }}\n${AS_YAML.replace('stringData', 'data')}{{ end }}\n`],
  ])('finds the manifest of a Secret in a string, as %s', (_, text) => {
    expect(found(configMap(text))).toEqual(IN_FILE);
  });

  it('finds a manifest within a string of a manifest', () => {
    expect(found(configMap(JSON.stringify(configMap(AS_YAML))))).toEqual(IN_FILE);
  });

  it.each([
    ['a reference to one', widget({ ref: secret({ name: 'db' }) })],
    ['a Secret of another API', { apiVersion: 'example.com/v1', kind: 'Secret', metadata }],
    [
      'a sealed one',
      { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata, spec: { template: { metadata } } },
    ],
    ['a reference in a string', configMap('apiVersion: v1\nkind: Secret\nname: db\n')],
    ['a store of Secrets in a template', configMap('{{ if .enabled }}\nkind: SecretStore\ndata: {}\n{{ end }}\n')],
    ['a reference in a template', configMap('{{ if .enabled }}\nkind: Secret\nname: db\n{{ end }}\n')],
    ['nothing in a list', widget({ list: [null] })],
    ['a word about one', configMap('of kind:Secret is none')],
    ['a sentence about one', configMap('of kind: Secret, says the manual: it has data: in it')],
  ])('lets %s pass', (_, object) => {
    expect(found(object)).toEqual([]);
  });
});
