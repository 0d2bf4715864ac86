import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { activeSecrets, newSecret, rotated, secretFault } from './webhook-secret.js';
import { signedHeaders } from './webhook-signature.js';

const NOW = new Date('2026-01-15T10:30:00.000Z');

describe('signedHeaders', () => {
  // The vector that the libraries of Standard Webhooks are tested with.
  it('should sign as Standard Webhooks says', () => {
    const headers = signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1_614_265_330_000), '{"test": 2432232314}', [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ]);
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('should satisfy a receiver with the new secret and one with the old', () => {
    const [old, fresh] = [newSecret(), newSecret()];
    const body = '{"name":"Zoë 😀"}';
    const headers = signedHeaders('msg_1', new Date(), body, [fresh, old]);
    for (const secret of [old, fresh]) expect(new Webhook(secret).verify(body, headers)).toEqual({ name: 'Zoë 😀' });
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow(/No matching signature/);
    expect(() => new Webhook(fresh).verify(body.replace('Z', 'z'), headers)).toThrow(/No matching signature/);
  });
});

describe('secretFault', () => {
  const ofBytes = (count: number): string => `whsec_${randomBytes(count).toString('base64')}`;

  it.each([ofBytes(24), ofBytes(32), ofBytes(64), ofBytes(25).replace(/=+$/, ''), newSecret()])(
    'should take %s',
    (secret) => {
      expect(secretFault(secret)).toBeNull();
    },
  );

  it.each([
    ofBytes(23),
    ofBytes(65),
    'whsec_',
    'whsec_not base64 at all, is it',
    ofBytes(32).slice(6),
    `${ofBytes(32)}!`,
  ])('should not take %s', (secret) => {
    expect(secretFault(secret)).toMatch(/must/);
  });
});

describe('rotated', () => {
  it('should let the secret before it sign for another 24 hours', () => {
    const secrets = rotated('new', [{ sealed: 'old', until: null }], NOW);
    expect(secrets).toEqual([
      { sealed: 'new', until: null },
      { sealed: 'old', until: '2026-01-16T10:30:00.000Z' },
    ]);
    const after = (hours: number): string[] =>
      activeSecrets(secrets, new Date(NOW.getTime() + hours * 3_600_000)).map(({ sealed }) => sealed);
    expect([after(23.9), after(24)]).toEqual([['new', 'old'], ['new']]);
  });

  it('should keep to its time one that was replaced before, and drop what is over', () => {
    const known = [
      { sealed: 'b', until: null },
      { sealed: 'a', until: '2026-01-15T11:00:00.000Z' },
      { sealed: 'gone', until: '2026-01-15T10:00:00.000Z' },
    ];
    expect(rotated('c', known, NOW).map(({ sealed, until }) => [sealed, until])).toEqual([
      ['c', null],
      ['b', '2026-01-16T10:30:00.000Z'],
      ['a', '2026-01-15T11:00:00.000Z'],
    ]);
  });
});
