import { nearestName } from './nearest-name.js';

describe('nearestName', () => {
  it.each([
    ['plna', 'plan'],
    ['vpi', 'vip'],
    ['amonut', 'amount'],
    ['AMOUNTS', 'amount'],
    ['apln', undefined],
    ['plaa', 'plan'],
    ['naln', undefined],
  ])('should suggest for %s: %s', (name, expected) => {
    expect(nearestName(name, ['plan', 'vip', 'amount'])).toBe(expected);
  });
});
