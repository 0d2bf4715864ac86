import { hashRecoveryCode, generateRecoveryCodes } from './recovery-codes.js';

describe('generateRecoveryCodes', () => {
  it('should return ten different codes', () => {
    const codes = generateRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  });
});

describe('hashRecoveryCode', () => {
  it('should ignore case, spaces and hyphens', () => {
    expect(hashRecoveryCode(' K7MQ 2xwd9hfa-r3tn', 'u')).toBe(hashRecoveryCode('k7mq-2xwd-9hfa-r3tn', 'u'));
  });

  it('should return different hashes for different users', () => {
    expect(hashRecoveryCode('k7mq-2xwd-9hfa-r3tn', 'u')).not.toBe(hashRecoveryCode('k7mq-2xwd-9hfa-r3tn', 'v'));
  });
});
