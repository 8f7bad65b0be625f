import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { lint, type Source } from '../../../cluster/lint/lint';
import { haproxy } from '../../../cluster/render/haproxy';
import { keepalived } from '../../../cluster/render/keepalived';
import { clusters } from '../../../cluster/specs';
import { faultsOf } from '../../support/faults';

const source = (path: string, text: string, beside: Source['beside'] = () => undefined): Source => ({
  path,
  text,
  beside,
});

const sample = (path: string): Source => {
  const text = (name: string) => readFileSync(join(__dirname, 'samples', name), 'utf8');
  return source(path, text(path), (name) =>
    name === 'check_apiserver.sh' ? text('seed/check_apiserver.sh') : undefined,
  );
};

/** Rules by severity, as a list of `rule:line`. */
const found = (sources: readonly Source[], severity: string) =>
  lint(sources)
    .filter((finding) => finding.severity === severity)
    .map(({ file, rule, line }) => `${file}:${line} ${rule}`);

describe('the guide with a brace lost', () => {
  const guide = ['seed/keepalived.conf', 'seed/haproxy.cfg'].map(sample);

  it('is dead in these places', () => {
    expect(found(guide, 'dead')).toEqual([
      'seed/keepalived.conf:2 keepalived/check-status',
      'seed/keepalived.conf:2 keepalived/check-status',
      'seed/keepalived.conf:20 keepalived/braces',
      'seed/haproxy.cfg:16 haproxy/idle-timeout',
      'seed/haproxy.cfg:17 haproxy/idle-timeout',
      'seed/haproxy.cfg:29 haproxy/tcp-only-check',
    ]);
  });

  it('is slow in these', () => {
    expect(found(guide, 'slow')).toEqual([
      'seed/keepalived.conf:3 keepalived/slow-check',
      'seed/keepalived.conf:4 keepalived/check-timeout',
      'seed/keepalived.conf:15 keepalived/slow-adverts',
      'seed/haproxy.cfg:32 haproxy/keeps-sessions',
    ]);
  });

  it('takes by the formula as long as was measured: 25.5 s for a killed HAProxy, 15.6 s for lost power', () => {
    const what = lint(guide).map((finding) => finding.what);
    expect(what).toContainEqual(expect.stringMatching(/^VI_1 gives its address up 25\.6 s after /));
    expect(what).toContainEqual(expect.stringMatching(/^the address of VI_1 moves 15\.6 s after /));
  });

  it('with the brace, on both machines, has a tie', () => {
    const { text } = sample('seed/keepalived.conf');
    const whole = text.replace('192.0.2.100\n', '192.0.2.100\n    }\n');
    const pair = ['one', 'two'].map((path) => source(path, whole));
    expect(found(pair, 'dead')).toEqual([]);
    expect(found(pair, 'note')).toContain('two:14 keepalived/equal-priorities');
  });

  it.each([
    [-2, ['one:24 keepalived/weight-gap']],
    [-20, []],
  ])('with the brace, priorities 110 and 100 and weight %i', (weight, expected) => {
    const { text } = sample('seed/keepalived.conf');
    const whole = text.replace('192.0.2.100\n', '192.0.2.100\n    }\n').replace('weight -2', `weight ${weight}`);
    const pair = [source('one', whole.replace('priority 100', 'priority 110')), source('two', whole)];
    expect(found(pair, 'dead')).toEqual(expected);
  });

  it('with the brace, nopreempt and weight -20 never moves', () => {
    const { text } = sample('seed/keepalived.conf');
    const whole = text.replace('192.0.2.100\n', '192.0.2.100\n    }\n').replace('weight -2', 'weight -20');
    const nopreempt = source('one', whole.replace('state BACKUP', 'state BACKUP\n    nopreempt'));
    expect(found([nopreempt], 'dead')).toEqual(['one:25 keepalived/nopreempt-weight']);
  });
});

describe("kubeadm's guide", () => {
  const guide = ['first.conf', 'second.conf', 'haproxy.cfg'].map((name) => sample(`kubeadm-guide/${name}`));

  it('cuts silent connections', () => {
    expect(found(guide, 'dead')).toEqual([
      'kubeadm-guide/first.conf:6 keepalived/check-status',
      'kubeadm-guide/first.conf:6 keepalived/check-status',
      'kubeadm-guide/second.conf:6 keepalived/check-status',
      'kubeadm-guide/second.conf:6 keepalived/check-status',
      'kubeadm-guide/haproxy.cfg:15 haproxy/idle-timeout',
      'kubeadm-guide/haproxy.cfg:16 haproxy/idle-timeout',
    ]);
  });

  it('is slow, and moves the address back', () => {
    expect(found(guide, 'slow')).toEqual([
      'kubeadm-guide/first.conf:7 keepalived/slow-check',
      'kubeadm-guide/first.conf:17 keepalived/preempts',
      'kubeadm-guide/second.conf:7 keepalived/slow-check',
      'kubeadm-guide/haproxy.cfg:36 haproxy/keeps-sessions',
      'kubeadm-guide/haproxy.cfg:36 haproxy/slow-detection',
    ]);
  });
});

describe('what is rendered here', () => {
  const rendered = clusters.flatMap((cluster) => {
    const files = [...haproxy(cluster), ...keepalived(cluster)];
    const beside = (folder: string) => (name: string) =>
      files.find(({ path }) => path === `${folder}/${name}`)?.content;
    return files
      .filter(({ path }) => /(haproxy\.cfg|keepalived\.conf)$/.test(path))
      .map(({ path, content }) => source(`${cluster.name}/${path}`, content, beside(path.replace(/\/[^/]+$/, ''))));
  });

  it('holds a pair', () => {
    expect(rendered).toHaveLength(4);
  });

  it('has no finding', () => {
    expect(lint(rendered)).toEqual([]);
  });
});

describe('a file that is neither', () => {
  it('is refused, and all of them are named', () => {
    const neither = ['[Unit]\n', 'apiVersion: v1\n# backend\n', ''].map((text, index) => source(`file-${index}`, text));
    expect(faultsOf(() => lint([...neither, sample('seed/haproxy.cfg')]))).toEqual(
      ['file-0', 'file-1', 'file-2'].map(
        (path) =>
          `${path}: is neither keepalived.conf nor haproxy.cfg; expected a block such as \`vrrp_instance\`, or a section such as \`backend\``,
      ),
    );
  });
});

it('judges any text that names a block or a section', () => {
  const words = fc.constantFrom(
    ...['vrrp_instance a', 'vrrp_script b', 'track_script', 'weight', '-2', '{', '}', '"', 'backend a', 'defaults'],
    ...['server a', ':6443', 'check', 'option httpchk', 'timeout client', 'inter', '1s', '\n', '\n'],
  );
  const text = fc.array(words).map((list) => `backend x\n${list.join(' ')}`);
  fc.assert(
    fc.property(text, fc.boolean(), (any, keepalived) => {
      lint([source('any', keepalived ? any.replace('backend x', 'global_defs {\n}') : any)]);
    }),
  );
});
