import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

export const scriptSecurity: Rule<Keepalived> = {
  id: 'keepalived/script-security',
  severity: 'note',
  why: 'Scripts run as root, even where others may write them: keepalived 2.2.7 logs "SECURITY VIOLATION", and `keepalived -t` ends with 6.',
  fix: 'In global_defs: enable_script_security, and script_user with a user that exists; let root own the scripts.',
  *find({ scripts, scriptSecurity, scriptUser }) {
    const [first] = scripts;
    const missing = [...(scriptSecurity ? [] : ['enable_script_security']), ...(scriptUser ? [] : ['script_user'])];
    if (first && missing.length > 0) yield { line: first.line, what: `global_defs has no ${missing.join(' and no ')}` };
  },
};
