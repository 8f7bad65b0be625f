import { isCredential, isLiteral } from './credential';

/** A secret that is known by its form. */
export interface Shape {
  /** What it is, after "holds". */
  readonly name: string;
  /** Every one that a text holds. */
  find(text: string): readonly string[];
}

/** A shape by a pattern: what its group `secret` matched, or all of it. */
const shape = (name: string, pattern: RegExp, counts: (secret: string) => boolean = () => true): Shape => ({
  name,
  find: (text) => [...text.matchAll(pattern)].map(({ 0: whole, groups }) => groups?.secret ?? whole).filter(counts),
});

/** Source: RFC 7468 labels, as gitleaks "private-key"; age's own format. */
export const KEYS: readonly Shape[] = [
  shape(
    'a private key',
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n)*(?<secret>(?:(?!-----)[\s\S]){16,})/g,
  ),
  shape('a private key of PuTTY', /PuTTY-User-Key-File-\d:[\s\S]*?Private-Lines: \d+\s+(?<secret>\S+)/g),
  shape('a private key of age', /AGE-SECRET-KEY-1[A-Z0-9]{58}/g),
];

const decoded = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

/** Source of each form: gitleaks 8.30, the rule in the comment; lengths are lower bounds, vendors lengthen tokens. */
export const TOKENS: readonly Shape[] = [
  shape('an access key of AWS', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g), // aws-access-token
  shape('a token of GitHub', /\b(?:gh[opsur]_[A-Za-z0-9]{36,}|github_pat_\w{60,})/g), // github-pat, -oauth, -app-token, -fine-grained-pat
  shape('a token of GitLab', /\bgl(?:pat|ptt|dt|rt|cbt|ft|soat|agent)-[\w-]{20,}/g), // gitlab-pat and its siblings
  shape('a token of Slack', /\bxox[abeoprs]-[\w-]{10,}/g), // slack-bot-token and its siblings
  shape('a webhook of Slack', /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/+-]{20,})/g), // slack-webhook-url
  shape('a JSON web token', /\bey[\w-]{15,}\.ey[\w-]{15,}\.[\w-]{10,}/g), // jwt; without a signature it opens nothing
  shape('a token of npm', /\bnpm_[A-Za-z0-9]{36}/g), // npm-access-token
  shape('a token of PyPI', /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}/g), // pypi-upload-token
  shape('a key of Stripe', /\b[rs]k_(?:test|live|prod)_[A-Za-z0-9]{10,}/g), // stripe-access-token
  shape('a key of Google', /\bAIza[\w-]{35}/g), // gcp-api-key
  shape('a key of OpenAI', /\bsk-[\w-]*T3BlbkFJ[\w-]{20,}/g), // openai-api-key
  shape('a key of Anthropic', /\bsk-ant-[\w-]{80,}/g), // anthropic-api-key
  shape('a token of Vault', /\bhv[sb]\.[\w-]{90,}/g), // vault-service-token, vault-batch-token
  shape('a token of DigitalOcean', /\bdo[opr]_v1_[a-f0-9]{64}/g), // digitalocean-pat and its siblings
  shape('a key of SendGrid', /\bSG\.[\w-]{20,24}\.[\w-]{39,50}/g), // sendgrid-api-token
  shape('a token of Grafana', /\bgl(?:sa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|c_[A-Za-z0-9+/]{32,})/g), // grafana-service-account-token, -cloud-api-token
  shape('a token of Docker', /\bdckr_(?:pat|oat)_[\w-]{27,}/g), // Docker Hub's own prefix; no rule of gitleaks
  shape('a key of an Azure account', /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/g), // Microsoft's connection strings; no rule of gitleaks
  shape('a login by HTTP', /Basic +(?<secret>[A-Za-z0-9+/]{6,}={0,2})/g, (secret) =>
    /^[^\s:]+:[^\s]+$/.test(decoded(secret)),
  ), // curl-auth-header
  shape('a bearer token', /Bearer +(?<secret>[\w~+/.-]{16,}=*)/g, (secret) => /\d/.test(secret)), // curl-auth-header
];

/** Source of each form: crypt(5) and the manuals of the programs named. */
export const HASHES: readonly Shape[] = [
  shape('the hash of a password (crypt)', /\$(?:apr1|1|5|6|y|gy|7)\$[\w./,=$-]{20,}/g),
  shape('the hash of a password (bcrypt)', /\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}/g),
  shape('the hash of a password (argon2, scrypt)', /\$(?:argon2(?:id|i|d)|scrypt)\$[\w=,+/$.-]{20,}/g),
  shape('the hash of a password (PBKDF2)', /pbkdf2[_-]sha\d+\$[\w=,+/$.-]{20,}/g),
  shape('the hash of a password (LDAP)', /\{S?SHA(?:256|384|512)?\}[A-Za-z0-9+/=]{27,}/g),
  shape('the hash of a password (PostgreSQL)', /\bmd5[0-9a-f]{32}\b|SCRAM-SHA-256\$\d+:[\w+/=$:]{20,}/g),
  shape('the hash of a password (MySQL)', /(?<![\w*])\*[0-9A-F]{40}\b|\$A\$0\d\d\$\S{20,}/g),
  shape('the hash of a password (Redis)', /^[ \t]*user[ \t]+\S+[ \t](?:.*[ \t])?#(?<secret>[0-9a-f]{64})\b/gm),
];

/** Source: docker's config.json; `auth` is the base64 of user:password. */
export const REGISTRY_LOGINS: readonly Shape[] = [
  shape('the login of a registry', /auth["']?\s*:\s*["']?(?<secret>[A-Za-z0-9+/]{6,}={0,2})/g, (secret) =>
    /^[^\s:\ufffd]+:[^\s\ufffd]+$/.test(decoded(secret)),
  ),
  shape(
    'the login of a registry',
    /"auths"\s*:[\s\S]*?"(?:password|identitytoken|registrytoken)"\s*:\s*"(?<secret>[^"]+)"/g,
    isLiteral,
  ),
];

/** A URL to the end of its word, and the parts of it that hold secrets. */
const URL = /[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi;
const USERINFO = /^[^/]*\/\/[^/?#@:]*:(?<password>[^/?#]+)@/;
const PARAMETER = /[?&;](?<name>[\w.-]+)=(?<value>[^&;#]+)/g;

export const URLS: readonly Shape[] = [
  {
    name: 'a URL with a password',
    find: (text) =>
      [...text.matchAll(URL)].flatMap(([url]) => {
        const password = USERINFO.exec(url)?.groups?.password;
        return password !== undefined && isLiteral(password) ? [password] : [];
      }),
  },
  {
    name: 'a URL with a credential among its parameters',
    find: (text) =>
      [...text.matchAll(URL)]
        .flatMap(([url]) => [...url.matchAll(PARAMETER)])
        .flatMap(({ groups: { name = '', value = '' } = {} }) => (isCredential(name, value) ? [value] : [])),
  },
  shape('a data source name with a password', /[\w.-]+:(?<secret>[^\s@:/"']+)@(?:tcp|unix)\(/g, isLiteral),
];
