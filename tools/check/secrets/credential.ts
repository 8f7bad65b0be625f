/** Which names call for a secret, which values may be one, and how a finding speaks of it. */

/**
 * Words that stand for a credential with anything before them: PGPASSWORD, clientSecret. Words of gitleaks' generic-api-key
 * and Trivy's KSV-0109, and the names that Redis, Rails and cloud SDKs use.
 */
const AT_THE_END =
  /(PASSWORD|PASSWD|PASSPHRASE|PASSCODE|SECRET|TOKEN|API_?KEY|CREDENTIAL|REQUIREPASS|MASTERAUTH|(^|_)(PASS|PWD|REDISCLI_AUTH|BASIC_AUTH|(ACCESS|ACCOUNT|AUTH|ENCRYPTION|MASTER|PRIVATE|SECRET|SESSION|SHARED|SIGNING|STORAGE)_?KEY))S?(_(BASE|B64|DEFAULT|PLAIN|TEXT|VALUE|JSON))?(_?\d+)?$/;
const ANYWHERE =
  /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|CREDENTIAL|(^|_)(ACCESS|ENCRYPTION|MASTER|PRIVATE|SIGNING)_KEY/;

/** Names that only speak of a credential, by their last word; what they hold may well look random. */
const ABOUT = /_(CHECKSUM|DIR|FILE|HASH|HOST|ID|NAME|PATH|PREFIX|PROVIDER|REF|TYPE|VERSION)$/;

/** Options that say there is none, and directives of nginx that pass requests on. */
const NO_CREDENTIAL = /^(NO|SKIP|WITHOUT)_|^(FASTCGI|GRPC|PROXY|SCGI|UWSGI)_PASS$/;

/** `dbPassword`, `db-password` and `db.password` are DB_PASSWORD. */
const words = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();

/**
 * Whether a value, under this name, is a credential written out. Where the name ends with a credential's word, every
 * literal is one; where it holds the word elsewhere, a value that looks random.
 */
export function isCredential(name: string, value: string): boolean {
  if (!isLiteral(value)) return false;
  const called = words(name);
  // Several are counted: MAX_TOKENS=4096.
  if (/(PASSWORD|SECRET|TOKEN)S$/.test(called) && /^\d+$/.test(value)) return false;
  if (AT_THE_END.test(called)) return !NO_CREDENTIAL.test(called);
  return ANYWHERE.test(called) && !ABOUT.test(called) && looksRandom(value);
}

const NO_LITERAL: readonly RegExp[] = [
  /^$/,
  /^(0|1|true|false|yes|no|on|off|none|null|required|optional|string)$/i,
  // A path of a file: absolute, or from here or home.
  /^(file:\/\/|@)?(~|\.{1,2})?\/[\w.@:-]*(\/[\w.@:-]*)*$/,
  // A reference that somebody fills in: $(VAR), ${VAR}, $VAR, {{ template }}, <placeholder>, %s, ****.
  /^\$|\$[({]|\{\{|^<.*>$|^%\w$|^%\w+%$|^[*x.•]+$/i,
  // A reference to a store of secrets.
  /^(arn|op|ref\+\w+|vault):/,
  // A line of /etc/passwd.
  /[\w.-]+:[x*!]?:\d+:\d+:/,
];

/** Whether a value says something itself, instead of where it is found. */
export const isLiteral = (value: string): boolean => !NO_LITERAL.some((pattern) => pattern.test(value.trim()));

/** One word of at least 16 characters, letters and digits mixed, whose characters are as varied as chance makes them. */
function looksRandom(value: string): boolean {
  return /^(?=.*[a-z])(?=.*\d)[\w+/=.~-]{16,}$/i.test(value) && entropy(value) >= 3.5;
}

/** Shannon entropy in bits a character; gitleaks asks generic keys for 3.5. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()]
    .map((count) => count / text.length)
    .reduce((sum, part) => sum - part * Math.log2(part), 0);
}

/** A secret as a finding may show it: how long it is and, of a long one, how it begins. */
export const hidden = (value: string): string =>
  `${value.length >= 8 ? `${JSON.stringify(value.slice(0, 2))}… of ` : ''}${value.length} character${value.length === 1 ? '' : 's'}`;
