/** What the Dockerfiles say, against what the charts and manifests say of the same services. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { production } from '../../../charts/environments/production';
import { render } from '../../support/rendered';
import { readStages } from './dockerfile';

const repository = join(__dirname, '../../..');
const services = readdirSync(join(repository, 'app')).filter((name) =>
  existsSync(join(repository, 'app', name, 'Dockerfile')),
);
const read = (name: string, values: Record<string, string> = {}) =>
  readStages(readFileSync(join(repository, 'app', name, 'Dockerfile'), 'utf8'), values);
const rendered = render(production);

it('there are images of the services that the charts run', () => {
  expect(services).toEqual(['chat', 'hello']);
});

describe.each(services)('the Dockerfile of %s', (name) => {
  const last = read(name).at(-1);

  it('starts from one image, of which release and digest are known', () => {
    const bases = new Set(read(name).map(({ base }) => base));
    for (const stage of read(name)) bases.delete(stage.name);
    expect([...bases]).toEqual([expect.stringMatching(/^node:24\.\d+\.\d+-trixie-slim@sha256:[0-9a-f]{64}$/)]);
  });

  it('lets whoever builds choose the base, the port, and what the labels say of the build', () => {
    const values = {
      BASE_IMAGE: 'base:1',
      PORT: '81',
      SOURCE: 'https://example.com',
      REVISION: 'abc',
      VERSION: '1.2.3',
    };
    const chosen = read(name, values);
    expect(new Set(chosen.map(({ base }) => base))).toEqual(new Set(['base:1', 'manifests']));
    expect(chosen.at(-1)?.config).toMatchObject({
      ports: ['81'],
      env: { PORT: '81' },
      labels: {
        'org.opencontainers.image.source': 'https://example.com',
        'org.opencontainers.image.revision': 'abc',
        'org.opencontainers.image.version': '1.2.3',
      },
    });
  });

  it('says what the package says of itself', () => {
    const { description, license } = JSON.parse(readFileSync(join(repository, `app/${name}/package.json`), 'utf8'));
    expect(last?.config.labels).toMatchObject({
      'org.opencontainers.image.title': name,
      'org.opencontainers.image.description': description,
      'org.opencontainers.image.licenses': license,
    });
  });

  it('listens on the port and runs as the user that the chart gives it', () => {
    const { PORT } = rendered.object('ConfigMap', name).data;
    const { securityContext } = rendered.object('Deployment', name).spec.template.spec.containers[0];
    expect(last?.config).toMatchObject({ ports: [PORT], env: { HOST: '0.0.0.0', PORT, NODE_ENV: 'production' } });
    expect(last?.config.user).toBe(`${securityContext.runAsUser}:${securityContext.runAsGroup}`);
  });

  it('writes nothing as the user of its process', () => {
    expect(last?.steps.map(({ config }) => config.user)).toEqual(last?.steps.map(() => '0:0'));
  });
});

describe('the lock file', () => {
  it('gives common code no version of a package that the bundles beside it would not find', () => {
    const { packages } = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));
    expect(Object.keys(packages).filter((path) => path.startsWith('app/common/node_modules/'))).toEqual([]);
  });
});
