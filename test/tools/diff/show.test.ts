import picocolors from 'picocolors';
import { reportOf } from '../../../tools/diff/compare';
import { showMarkdown } from '../../../tools/diff/markdown';
import type { FieldReport } from '../../../tools/diff/report';
import { fieldLines, printable, showAmountChange } from '../../../tools/diff/show';
import { showText } from '../../../tools/diff/text';
import type { Rendered } from '../../support/rendered';
import { compared, named, world } from './world';

const COLOURLESS = picocolors.createColors(false);

const lines = (field: Partial<FieldReport>) =>
  fieldLines({ path: 'spec.a', risk: 'safe', reasons: [], ...field }).map(({ sign, text }) => `${sign} ${text}`);

/** What a change of the world's chat is shown as. */
function report(edit: (objects: Rendered[]) => void) {
  const after = world();
  edit(after);
  return reportOf([compared(world(), after)]);
}

const level = (value: string) => (objects: Rendered[]) => {
  named(objects, 'Deployment/chat').spec.template.spec.containers[0].env[0].value = value;
};

describe('a field', () => {
  it.each<[string, Partial<FieldReport>, string[]]>([
    ['with both values on a line', { before: 1, after: 2 }, ['~ spec.a: 1 → 2']],
    ['that came', { after: 'x' }, ['+ spec.a: x']],
    ['that went', { before: 'x' }, ['- spec.a: x']],
    ['that could be taken for something else in quotes', { before: ' a', after: '' }, ['~ spec.a: " a" → ""']],
    ['that is a small structure on a line', { after: { b: [1] } }, ['+ spec.a: {b: [1]}']],
    [
      'that is a large one as YAML',
      { after: { b: 'x'.repeat(60), c: 1 } },
      ['+ spec.a:', `+   b: ${'x'.repeat(60)}`, '+   c: 1'],
    ],
    [
      'that is long, one below the other',
      { before: 'a'.repeat(60), after: 'b'.repeat(60) },
      [`- spec.a: ${'a'.repeat(60)}`, `+ spec.a: ${'b'.repeat(60)}`],
    ],
    [
      'of several lines by those that differ',
      { before: 'a\nb\n', after: 'a\nc\n' },
      ['~ spec.a:', '    a', '-   b', '+   c', '    '],
    ],
    ['in another order', { before: ['a', 'b'], after: ['b', 'a'], reordered: true }, ['~ spec.a: order a, b → b, a']],
    [
      'that is an image by tag and digest',
      { path: 'x.image', before: 'a:1', after: 'a:2' },
      ['~ x.image: a 1 → 2 (no digest)'],
    ],
  ])('is shown: %s', (_, field, expected) => {
    expect(lines(field)).toEqual(expected);
  });

  it('cannot steer a terminal, nor turn the direction of text', () => {
    expect(printable('a\u001b[31mb\u202ec\td')).toBe('a\\u001b[31mb\\u202ec\td');
  });
});

describe('an amount', () => {
  it.each([
    [{ what: 'pods', unit: 'pods', before: 4, after: 3 } as const, 'pods: 4 → 3 (−1)'],
    [
      { what: 'requests', resource: 'cpu', unit: 'cores', before: 1, after: 1.5 } as const,
      'requests of cpu: 1 → 1.5 (+500m)',
    ],
    [
      { what: 'limits', resource: 'ephemeralStorage', unit: 'bytes', before: 0, after: 2 ** 30 } as const,
      'limits of ephemeral storage: 0 → 1Gi (+1Gi)',
    ],
  ])('is shown with its difference', (amount, text) => {
    expect(showAmountChange(amount)).toBe(text);
  });
});

describe('the text', () => {
  it('says what changed, what that does and why, and nothing else', () => {
    expect(showText(report(level('debug')), COLOURLESS)).toBe(`0 added, 1 changed: 1 restarts pods; 0 removed

shop: old → new

~ Deployment shop/chat  restarts pods  world.json
  restarts pods: a changed pod template replaces every pod
    ~ spec.template.spec.containers[main].env[LEVEL].value: info → debug
`);
  });

  it('tells the worst object first, and of an object the worst field', () => {
    const edit = (objects: Rendered[]) => {
      named(objects, 'StatefulSet/store').spec.replicas = 2;
      named(objects, 'StatefulSet/store').spec.serviceName = 'other';
      named(objects, 'ConfigMap/unread').data.a = 'c';
      named(objects, 'PersistentVolume/disk').spec.persistentVolumeReclaimPolicy = 'Delete';
      named(objects, 'Service/inside').spec.type = 'NodePort';
    };
    const [comparison] = report(edit).comparisons;
    expect(comparison?.objects.map(({ risk, kind }) => `${risk} ${kind}`)).toEqual([
      'refused StatefulSet',
      'data PersistentVolume',
      'access Service',
      'safe ConfigMap',
    ]);
    expect(comparison?.objects[0]?.fields.map(({ risk }) => risk)).toEqual(['refused', 'restarts']);
  });

  it('says once what several fields do', () => {
    const both = (objects: Rendered[]) => {
      level('debug')(objects);
      named(objects, 'Deployment/chat').spec.template.metadata.annotations['checksum/config'] = 'def';
    };
    expect(showText(report(both), COLOURLESS).match(/replaces every pod/g)).toHaveLength(1);
  });

  it('ends with what the set needs more, and who may talk to whom', () => {
    const edit = (objects: Rendered[]) => {
      named(objects, 'Deployment/chat').spec.replicas = 4;
      named(objects, 'NetworkPolicy/chat').spec.ingress[0].ports[0].port = 9090;
    };
    const text = showText(report(edit), COLOURLESS);
    const ending = text.slice(text.indexOf('\ncapacity')).split('\n');
    expect(ending.filter((line) => !/requests|limits/.test(line))).toEqual([
      '',
      'capacity, every autoscaler at its maximum and every rollout at its surge',
      '  pods: 15 → 16 (+1)',
      '',
      'traffic',
      '  + 192.0.2.0/24 → Deployment shop/chat: TCP 9090',
      '  − 192.0.2.0/24 → Deployment shop/chat: TCP 8080',
      '',
    ]);
  });

  it('has colours where they are wanted alone', () => {
    const edit = level('debug');
    expect(
      [true, false].map((wanted) => showText(report(edit), picocolors.createColors(wanted)).includes('\u001b[')),
    ).toEqual([true, false]);
  });

  it('of several comparisons has the sum first, then a line for each', () => {
    const after = world();
    level('debug')(after);
    const several = [compared(world(), after), { ...compared(world(), world()), name: 'quiet' }];
    expect(showText(reportOf(several), COLOURLESS).split('\n').slice(0, 5)).toEqual([
      '0 added, 1 changed: 1 restarts pods; 0 removed',
      '  shop: 0 added, 1 changed: 1 restarts pods; 0 removed',
      '  quiet: 0 added, 0 changed, 0 removed',
      '',
      'shop: old → new',
    ]);
  });
});

describe('the Markdown', () => {
  it('has a row for each object and its fields folded below', () => {
    expect(showMarkdown(report(level('debug')))).toBe(`0 added, 1 changed: 1 restarts pods; 0 removed

### shop: old → new

| | object | why |
| --- | --- | --- |
| restarts pods | ~ <code>Deployment shop/chat</code> | a changed pod template replaces every pod |

<details><summary><code>Deployment shop/chat</code> <small>world.json</small></summary>

\`\`\`diff
  # restarts pods: a changed pod template replaces every pod
! spec.template.spec.containers[main].env[LEVEL].value: info → debug
\`\`\`

</details>
`);
  });

  const EVIL = '```\n</details>|`a`<script>@team #1 ![x](y)';

  it('cannot be left by a value: no run of backticks in it is as long as the fence', () => {
    const markdown = showMarkdown(report(level(EVIL)));
    const [, fence = '', body = ''] = /\n(`{3,})diff\n([\s\S]*)\n\1\n/.exec(markdown) ?? [];
    expect({ longer: fence.length > 3, held: body.includes('</details>|`a`<script>') }).toEqual({
      longer: true,
      held: true,
    });
  });

  it('cannot be broken by a name: outside of blocks of code a value is text', () => {
    const edit = (objects: Rendered[]) => {
      objects.push({ ...structuredClone(named(objects, 'Role/reader')), metadata: { name: EVIL } });
    };
    const row = showMarkdown(report(edit))
      .split('\n')
      .filter((line) => line.includes('Role'));
    expect(row).toEqual([
      expect.stringMatching(
        /^\| widens access \| \+ <code>Role [^|<>`]*<\/code> \| whoever is bound to it may do what it says \|$/,
      ),
    ]);
    expect(row[0]).toContain('@&#8203;team #&#8203;1');
  });

  it('is no longer than a pull request takes, and says what it left out', () => {
    const edit = (objects: Rendered[]) => {
      for (let index = 0; index < 40; index += 1) {
        for (const [list, text] of [[objects, 'new\n']] as const)
          list.push({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `map-${index}` }, data: { text } });
      }
    };
    const [before, after] = [world(), world()];
    edit(before);
    edit(after);
    for (const object of after) if (object.metadata.name.startsWith('map-')) object.data.text = 'line\n'.repeat(500);
    const markdown = showMarkdown(reportOf([compared(before, after)]));
    expect({ fits: markdown.length < 65_536, told: /\d+ more parts left out/.test(markdown) }).toEqual({
      fits: true,
      told: true,
    });
  });
});
