import { isCredential, isLiteral } from './credential';

/** A credential that a text gives a value. */
export interface Assignment {
  /** What it is called there: `spring.datasource.password`, `requirepass`. */
  readonly name: string;
  readonly value: string;
}

/** `name=value`, `name: value`, `"name": "value"`, `name := value`, `name => value`, `${name:-value}`, on one line. */
const PAIR =
  /(?:^|[\s,;:{(&?"'<[-])(?<name>[A-Za-z_][\w.-]*)["']?[ \t]*(?::=|:-|=>|:(?![-?+])|=)[ \t]*(?<value>"(?!\s)(?:[^"\\\n]|\\.)*"|'(?!\s)[^'\n]*'|[^\s,;&"'<>{}[\]()][^\s,;&"'<>}\])]*)/g;

/** `<name>value</name>` */
const ELEMENT = /<(?<name>[A-Za-z_][\w.-]*)>(?<value>[^<>\n]+)<\/\k<name>>/g;

/** Words of programs whose name alone says that a secret follows. */
const DIRECTIVES: readonly RegExp[] = [
  // redis.conf and its access list
  /^[ \t]*(?<name>requirepass|masterauth)[ \t]+"?(?<value>[^\s"]+)/gm,
  /^[ \t]*(?<name>user)[ \t]+\S+[ \t](?:.*[ \t])?>(?<value>\S+)/gm,
  // SQL of MySQL and PostgreSQL
  /(?<name>identified[ \t]+(?:with[ \t]+\S+[ \t]+)?by)[ \t]+'(?<value>[^'\n]+)'/gi,
  /(?:role|user)[^;\n]*[ \t](?<name>password)[ \t]+'(?<value>[^'\n]+)'/gi,
  // .netrc
  /login[ \t]+\S+[ \t]+(?<name>password)[ \t]+(?<value>\S+)/g,
];

/** Comments are prose: "password: ask the administrator". */
const COMMENT = /^[ \t]*(#|\/\/|;|--[ \t]).*/gm;

/** A variable or a call of some language, where no quote says that it is a text. */
const CODE = /^[A-Za-z_][\w.]*\(|^(?:ENV|config|env|os|params|process|request|self|settings|this)[.[]/;

/** Credentials that a text writes out, whatever its language: a properties file, YAML, JSON, a shell script, SQL. */
export function assignmentsIn(text: string): Assignment[] {
  const code = text.replaceAll(COMMENT, '');
  const directed = DIRECTIVES.flatMap((pattern) => matches(code, pattern));
  return [
    ...[...matches(code, PAIR), ...matches(code, ELEMENT)].flatMap(({ name, value }) => {
      if (CODE.test(value)) return [];
      const assigned = unquoted(value);
      // `JAVA_OPTS="-Ddb.password=x"`: what is no credential may hold one.
      return isCredential(name, assigned) ? [{ name, value: assigned }] : assignmentsIn(assigned);
    }),
    ...directed.filter(({ value }) => isLiteral(value)),
  ];
}

const matches = (text: string, pattern: RegExp): Assignment[] =>
  [...text.matchAll(pattern)].map(({ groups }) => ({ name: groups?.name ?? '', value: groups?.value ?? '' }));

/** What a word says within its quotes. */
const unquoted = (word: string): string => (word.startsWith('"') || word.startsWith("'") ? word.slice(1, -1) : word);
