import { hashRecoveryCode, generateRecoveryCodes } from './recovery-codes.js';

describe('newRecoveryCodes', () => {
  it('should be ten, each its own', () => {
    const codes = generateRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  });
});

describe('hashRecoveryCode', () => {
  it('should not mind how the code is typed', () => {
    expect(hashRecoveryCode(' K7MQ 2xwd9hfa-r3tn', 'u')).toBe(hashRecoveryCode('k7mq-2xwd-9hfa-r3tn', 'u'));
  });

  it('should be another for another user', () => {
    expect(hashRecoveryCode('k7mq-2xwd-9hfa-r3tn', 'u')).not.toBe(hashRecoveryCode('k7mq-2xwd-9hfa-r3tn', 'v'));
  });
});
