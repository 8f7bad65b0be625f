import { isConsent, requireConsent } from '../../../tools/cli/confirm';

describe('consent', () => {
  it.each(['y', 'Y', 'yes', ' Yes '])('is %j', (answer) => {
    expect(isConsent(answer)).toBe(true);
  });

  it.each(['', 'n', 'no', 'ye', 'yesterday', 'j'])('is not %j', (answer) => {
    expect(isConsent(answer)).toBe(false);
  });

  it('is required where nobody can be asked', () => {
    const isTTY = process.stdin.isTTY;
    process.stdin.isTTY = false;
    try {
      expect(() => requireConsent({ what: 'platform shop' })).toThrow(
        'platform shop: there is no terminal to ask at; expected --yes, or --dry-run to look only',
      );
      expect(() => requireConsent({ yes: true, what: 'platform shop' })).not.toThrow();
    } finally {
      process.stdin.isTTY = isTTY;
    }
  });
});
