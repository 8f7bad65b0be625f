import { readStages } from './dockerfile';

const file = `ARG BASE=node:1
FROM \${BASE} AS build
WORKDIR /srv
COPY a b c/
RUN npm ci \\
 && echo $HOME
FROM build
ARG PORT=80
ENV PORT=\${PORT} MODE="of two words"
COPY --from=build /srv/c .
EXPOSE $PORT
USER 10001:10001
LABEL title="\${MODE}"
ENTRYPOINT ["node", "main.js"]
`;

describe('a Dockerfile', () => {
  it('is stages of steps, each with what holds where it stands', () => {
    const [build, last] = readStages(file);
    expect(build).toMatchObject({ name: 'build', base: 'node:1', config: { folder: '/srv', user: '0:0' } });
    expect(build?.steps).toMatchObject([
      { kind: 'copy', sources: ['a', 'b'], target: 'c/' },
      { kind: 'run', command: 'npm ci  && echo $HOME', config: { folder: '/srv' } },
    ]);
    expect(last).toMatchObject({
      name: '1',
      base: 'build',
      steps: [{ kind: 'copy', from: 'build', sources: ['/srv/c'], target: '.' }],
      config: {
        folder: '/srv',
        env: { PORT: '80', MODE: 'of two words' },
        user: '10001:10001',
        ports: ['80'],
        labels: { title: 'of two words' },
        entrypoint: ['node', 'main.js'],
      },
    });
  });

  it('takes the values of its arguments from whoever builds', () => {
    const [build, last] = readStages(file, { BASE: 'node:2', PORT: '81' });
    expect(build?.base).toBe('node:2');
    expect(last?.config.ports).toEqual(['81']);
  });

  it('gives a stage no argument of another', () => {
    expect(() => readStages('FROM a\nARG X=1\nFROM b\nENV Y=$X\n')).toThrow(
      'line 4: ENV Y=$X uses X, which has no value',
    );
    expect(() => readStages('ARG X=1\nFROM a\nENV Y=$X\n')).toThrow('uses X');
    expect(readStages('ARG X=1\nFROM a\nARG X\nENV Y=$X\n')[0]?.config.env.Y).toBe('1');
  });

  it.each([
    ['an instruction that nobody performs', 'VOLUME /data'],
    ['a health check', 'HEALTHCHECK NONE'],
    ['a flag of COPY', 'COPY --chmod=755 a b'],
    ['a flag of RUN', 'RUN --network=none true'],
    ['RUN without a shell', 'RUN ["true"]'],
    ['COPY of a text', 'COPY <<EOF /a\nx\nEOF'],
    ['a relative folder', 'WORKDIR srv'],
    ['a process of a shell', 'ENTRYPOINT node main.js'],
    ['an argument without a value', 'ARG X'],
    ['a form of a variable', 'ENV A=$' + '{X:-1}'],
  ])('is refused with %s', (_, line) => {
    expect(() => readStages(`FROM a\n${line}\n`)).toThrow('line 2: ');
  });

  it('is refused where a step stands before the first stage', () => {
    expect(() => readStages('RUN true\n')).toThrow('line 1: RUN true stands before FROM');
  });
});
