import { assignmentsIn } from '../../../../tools/check/secrets/assignments';

const given = (text: string) => assignmentsIn(text).map(({ name, value }) => `${name} ${value}`);

describe('a credential that a text writes out', () => {
  it.each([
    ['a properties file', 'db.user=web\ndb.password=hunter2\n', 'db.password hunter2'],
    ['an ini file', '[db]\npassword = hunter2\n', 'password hunter2'],
    ['a TOML file', 'password = "hunter2"', 'password hunter2'],
    ['a YAML file', 'db:\n  password: hunter2\n', 'password hunter2'],
    ['a list of YAML', '- password: hunter2', 'password hunter2'],
    ['a flow of YAML', '{user: web, password: hunter2}', 'password hunter2'],
    ['JSON', '{"user":"web","password":"hunter2"}', 'password hunter2'],
    ['a quoted sentence', "password: 'correct horse'", 'password correct horse'],
    ['Ruby', ':password => "hunter2"', 'password hunter2'],
    ['Go', 'password := "hunter2"', 'password hunter2'],
    ['XML', '<db><password>hunter2</password></db>', 'password hunter2'],
    ['a shell', 'export DB_PASSWORD=hunter2', 'DB_PASSWORD hunter2'],
    ['a default of a shell', `echo "\${DB_PASSWORD:-hunter2}"`, 'DB_PASSWORD hunter2'],
    ['a connection string', 'Server=db;Password=hunter2;', 'Password hunter2'],
    ['an option', '--db-password=hunter2', 'db-password hunter2'],
    ['an option of Java', '-Ddb.password=hunter2', 'Ddb.password hunter2'],
    ['an option within a variable', 'JAVA_OPTS="-Xmx1g -Ddb.password=hunter2"', 'Ddb.password hunter2'],
    ['a list in brackets', '[password=hunter2]', 'password hunter2'],
    ['redis.conf', 'requirepass hunter2', 'requirepass hunter2'],
    ['redis.conf, after other lines', 'port 6379\nrequirepass hunter2', 'requirepass hunter2'],
    ['a quoted text with a quote', 'password="hunt\\"er 2"', 'password hunt\\"er 2'],
    ["Redis' access list, after other lines", '\nuser chat on >hunter2', 'user hunter2'],
    ['SQL of PostgreSQL, changed', "ALTER USER web PASSWORD 'hunter2'", 'PASSWORD hunter2'],
    ['a word that only begins like a call', 'password=pa$$word(1', 'password pa$$word(1'],
    ['redis.conf, quoted', 'masterauth "hunter2"', 'masterauth hunter2'],
    ["Redis' access list", 'user chat on >hunter2 ~chat:*', 'user hunter2'],
    ['SQL of MySQL', "CREATE USER web IDENTIFIED BY 'hunter2';", 'IDENTIFIED BY hunter2'],
    ['SQL of MySQL, with a plugin', "create user web identified with x by 'hunter2'", 'identified with x by hunter2'],
    ['SQL of PostgreSQL', "CREATE ROLE web LOGIN PASSWORD 'hunter2'", 'PASSWORD hunter2'],
    ['.netrc', 'machine example.com login web password hunter2', 'password hunter2'],
  ])('is found in %s', (_, text, expected) => {
    expect(given(text)).toEqual([expected]);
  });

  it('is found each time', () => {
    expect(given('password=hunter2\ntoken=hunter3\n')).toEqual(['password hunter2', 'token hunter3']);
  });
});

describe('a text that writes out none', () => {
  it.each([
    ['a comment of a shell', '# password: ask the administrator'],
    ['a comment of a language', '  // password: ask'],
    ['a comment of an ini file', '; password = ask'],
    ['a comment of SQL', "-- ALTER ROLE web PASSWORD 'hunter2'"],
    ['a comment on another line', 'user=web\n# password: ask\n'],
    ['a sentence about redis.conf', 'then requirepass hunter2 is said'],
    ['a sentence about an access list', 'the user chat has >two keys'],
    ['a variable', 'password="$(cat "$FILE")"'],
    ['a variable of another name', 'MYSQL_PWD="$MYSQL_PASSWORD"'],
    ['an empty default', `test -n "\${CHAT_PASSWORD:-}"`],
    ['a message for a missing variable', `: "\${CHAT_PASSWORD:?must be set}"`],
    ['an alternative of a shell', `echo "\${CHAT_PASSWORD:+set}"`],
    ['a call', 'token = getToken()'],
    ...['ENV[', 'config.', 'env.', 'os.', 'params.', 'process.', 'request.', 'self.', 'settings.', 'this.'].map(
      (object) => [`a field of ${object}`, `password = ${object}DB_PASSWORD`],
    ),
    ['a schema', '{"password": {"type": "string"}}'],
    ['a list', 'secrets: [one, two]'],
    ['a key on its own', 'password:\n  file: /run/secrets/password\n'],
    ['a question', 'read -p "Password: " answer; echo "thanks"'],
    ['a sentence', 'the password of user $1 is empty; set key $1_password of Secret redis'],
    ['a directive of redis that is empty', 'requirepass ""'],
    ['a user of Redis without a password', 'user default on nopass resetkeys'],
    ['a hash that a shell makes', `user chat on #\${chat} resetkeys`],
    ['SQL with a variable', "ALTER USER web IDENTIFIED BY '$PASSWORD'"],
    ['a search for the word', "grep password 'settings.txt'"],
    ['an XML element with a variable', `<password>\${PASSWORD}</password>`],
  ])('is %s', (_, text) => {
    expect(given(text)).toEqual([]);
  });

  it('is code, but a quoted text in code is one', () => {
    expect(given('password = "self.made"')).toEqual(['password self.made']);
  });
});
