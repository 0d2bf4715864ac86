import { createHmac, randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { activeSecrets, generateSecret, rotateSecrets, validateSecret } from './webhook-secret.js';
import { buildSignatureHeaders } from './webhook-signature.js';

const NOW = new Date('2026-01-15T10:30:00.000Z');

describe('buildSignatureHeaders', () => {
  // Test vector of the Standard Webhooks libraries.
  it('should produce the signature of the Standard Webhooks test vector', () => {
    const headers = buildSignatureHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_000),
      '{"test": 2432232314}',
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('should be verifiable with the new and with the previous secret', () => {
    const [previousSecret, currentSecret] = [generateSecret(), generateSecret()];
    const body = '{"name":"Zoë 😀"}';
    const headers = buildSignatureHeaders('msg_1', new Date(), body, [currentSecret, previousSecret]);
    for (const secret of [previousSecret, currentSecret])
      expect(new Webhook(secret).verify(body, headers)).toEqual({ name: 'Zoë 😀' });
    expect(() => new Webhook(generateSecret()).verify(body, headers)).toThrow(/No matching signature/);
    expect(() => new Webhook(currentSecret).verify(body.replace('Z', 'z'), headers)).toThrow(/No matching signature/);
  });
});

describe('signingKeyOf', () => {
  it('should use the UTF-8 bytes of a secret without the prefix', () => {
    const headers = buildSignatureHeaders('msg_1', NOW, '{}', ['pässword-secret']);
    const key = Buffer.from('pässword-secret', 'utf8');
    const expected = createHmac('sha256', key)
      .update(`msg_1.${NOW.getTime() / 1000}.{}`)
      .digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  });
});

describe('validateSecret', () => {
  const secretOfBytes = (count: number): string => `whsec_${randomBytes(count).toString('base64')}`;

  it.each([
    secretOfBytes(24),
    secretOfBytes(32),
    secretOfBytes(64),
    secretOfBytes(25).replace(/=+$/, ''),
    generateSecret(),
    'your_webhook_secret',
    '12345678',
    'ß'.repeat(256),
    secretOfBytes(32).slice(6),
  ])('should accept %s', (secret) => {
    expect(validateSecret(secret)).toBeNull();
  });

  it.each([
    secretOfBytes(23),
    secretOfBytes(65),
    'whsec_',
    'whsec_not base64 at all, is it',
    `${secretOfBytes(32)}!`,
    '1234567',
    'x'.repeat(257),
  ])('should reject %s', (secret) => {
    expect(validateSecret(secret)).toMatch(/must/);
  });
});

describe('rotateSecrets', () => {
  it('should keep the previous secret active for 24 hours', () => {
    const secrets = rotateSecrets('new', [{ sealed: 'old', until: null }], NOW);
    expect(secrets).toEqual([
      { sealed: 'new', until: null },
      { sealed: 'old', until: '2026-01-16T10:30:00.000Z' },
    ]);
    const after = (hours: number): string[] =>
      activeSecrets(secrets, new Date(NOW.getTime() + hours * 3_600_000)).map(({ sealed }) => sealed);
    expect([after(23.9), after(24)]).toEqual([['new', 'old'], ['new']]);
  });

  it('should not extend earlier expiry times and should drop expired secrets', () => {
    const existing = [
      { sealed: 'b', until: null },
      { sealed: 'a', until: '2026-01-15T11:00:00.000Z' },
      { sealed: 'gone', until: '2026-01-15T10:00:00.000Z' },
    ];
    expect(rotateSecrets('c', existing, NOW).map(({ sealed, until }) => [sealed, until])).toEqual([
      ['c', null],
      ['b', '2026-01-16T10:30:00.000Z'],
      ['a', '2026-01-15T11:00:00.000Z'],
    ]);
  });
});
