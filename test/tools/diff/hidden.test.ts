import { compareEnvironments } from '../../../tools/diff/environments';
import type { Rendered } from '../../support/rendered';
import { compared, named, reportOn, setOf, world } from './world';

const PASSWORD = 'hunter2';

const main = (objects: Rendered[]) => named(objects, 'Deployment/chat').spec.template.spec.containers[0];

/** What a change of the world shows; the world is prepared on both sides. */
const shown = (name: string, prepare: (objects: Rendered[]) => void, edit: (objects: Rendered[]) => void) => {
  const [before, after] = [world(), world()];
  for (const objects of [before, after]) prepare(objects);
  edit(after);
  return reportOn(compared(before, after), name).fields.map(({ path, before, after }) => [path, before, after]);
};

const nothing = () => {};

describe('a credential', () => {
  it('of a Secret is never shown, only that it differs', () => {
    expect(
      shown('Secret/keys', nothing, (objects) => {
        named(objects, 'Secret/keys').data.key = 'bmV3';
      }),
    ).toEqual([['data.key', '(hidden, differs)', '(hidden, differs)']]);
  });

  it('of a Secret that comes with others is not shown among them', () => {
    const strings = (objects: Rendered[]) => {
      named(objects, 'Secret/keys').stringData = { a: PASSWORD };
    };
    expect(shown('Secret/keys', nothing, strings)).toEqual([['stringData', undefined, { a: '(hidden)' }]]);
  });

  it.each([
    'DB_PASSWORD',
    'DB_PASS',
    'API_KEY',
    'apiToken',
    'CLIENT_SECRET',
    'AWS_SECRET_ACCESS_KEY',
    'PGPASSWORD',
    'DB_PWD',
    'SENTRY_DSN',
    'requirepass',
    'MASTERAUTH',
    'REDISCLI_AUTH',
    'STORAGE_ACCOUNT_KEY',
    'SHARED_KEY',
    'AUTH_KEY',
    'STORAGE_KEY',
  ])('in a variable is not shown: %s', (name) => {
    const edit = (value: string) => (objects: Rendered[]) => {
      main(objects).env = [{ name, value }];
    };
    const [[, before, after] = []] = shown('Deployment/chat', edit('one'), edit(PASSWORD));
    expect([before, after]).toEqual(['(hidden, differs)', '(hidden, differs)']);
  });

  it.each(['PASSWORD_FILE', 'TOKEN_PATH', 'LEVEL', 'COMPASS', 'KEYSPACE'])(
    'is not suspected in a variable: %s',
    (name) => {
      const edit = (value: string) => (objects: Rendered[]) => {
        main(objects).env = [{ name, value }];
      };
      expect(shown('Deployment/chat', edit('one'), edit('two'))[0]?.slice(1)).toEqual(['one', 'two']);
    },
  );

  it.each([
    [
      'a variable that comes',
      (objects: Rendered[]) => {
        main(objects).env.push({ name: 'DB_PASSWORD', value: PASSWORD });
      },
    ],
    [
      'a container that comes',
      (objects: Rendered[]) => {
        named(objects, 'Deployment/chat').spec.template.spec.containers.push({
          name: 'b',
          env: [{ name: 'DB_PASSWORD', value: PASSWORD }],
        });
      },
    ],
    [
      'a variable that stands twice',
      (objects: Rendered[]) => {
        main(objects).env = [
          { name: 'DB_PASSWORD', value: PASSWORD },
          { name: 'DB_PASSWORD', value: 'x' },
        ];
      },
    ],
    [
      'an address',
      (objects: Rendered[]) => {
        main(objects).env[0].value = `redis://chat:${PASSWORD}@redis:6379`;
      },
    ],
    [
      'an argument',
      (objects: Rendered[]) => {
        main(objects).args = [`--password=${PASSWORD}`];
      },
    ],
    [
      'what kubectl applied',
      (objects: Rendered[]) => {
        named(objects, 'Deployment/chat').metadata.annotations = {
          'kubectl.kubernetes.io/last-applied-configuration': `{"x":"${PASSWORD}"}`,
        };
      },
    ],
  ])('is not shown in %s', (_, edit) => {
    const text = JSON.stringify(shown('Deployment/chat', nothing, edit));
    expect({ hidden: text.includes('(hidden'), leaked: text.includes(PASSWORD) }).toEqual({
      hidden: true,
      leaked: false,
    });
  });

  it('that differs inside an address is told to differ', () => {
    const edit = (password: string) => (objects: Rendered[]) => {
      main(objects).env[0].value = `redis://chat:${password}@redis`;
    };
    expect(shown('Deployment/chat', edit('one'), edit('two'))[0]?.slice(1)).toEqual([
      '(hidden, differs)',
      '(hidden, differs)',
    ]);
  });

  it('in a ConfigMap or an object of any kind is not shown either', () => {
    const edit = (objects: Rendered[]) => {
      named(objects, 'ConfigMap/unread').data.db_password = PASSWORD;
      named(objects, 'Thing/thing').spec.password = PASSWORD;
    };
    const all = [shown('ConfigMap/unread', nothing, edit), shown('Thing/thing', nothing, edit)];
    expect(JSON.stringify(all)).not.toContain(PASSWORD);
  });

  it('is not suspected in every value of a ConfigMap', () => {
    const edit = (objects: Rendered[]) => {
      named(objects, 'ConfigMap/unread').data.a = 'c';
    };
    expect(shown('ConfigMap/unread', nothing, edit)).toEqual([['data.a', 'b', 'c']]);
  });

  it('is not shown where two environments are compared', () => {
    const other = world();
    named(other, 'Secret/keys').data.key = PASSWORD;
    const report = compareEnvironments({ name: 'a', set: setOf(world()) }, { name: 'b', set: setOf(other) });
    expect(report.fields).toEqual([
      { object: 'Secret shop/keys', path: 'data.key', one: '(hidden, differs)', other: '(hidden, differs)' },
    ]);
  });
});
