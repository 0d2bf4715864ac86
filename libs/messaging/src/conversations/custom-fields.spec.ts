import { MOST_FIELD_BYTES, withFields } from './custom-fields.js';

describe('withFields', () => {
  it('should change what is named, and leave the rest', () => {
    expect(withFields({ plan: 'free', seats: 3 }, { plan: 'pro', region: 'eu' })).toEqual({ plan: 'pro', seats: 3, region: 'eu' });
  });

  it('should take away what is null, and keep what only looks empty', () => {
    expect(withFields({ plan: 'free', seats: 3 }, { plan: null, other: null, note: '', count: 0, list: [null] })).toEqual({ seats: 3, note: '', count: 0, list: [null] });
  });

  it('should not grow beyond what one conversation may hold', () => {
    expect(() => withFields({ one: 'x'.repeat(MOST_FIELD_BYTES / 2) }, { two: 'x'.repeat(MOST_FIELD_BYTES / 2) })).toThrow(expect.objectContaining({ details: { custom_fields: [expect.any(String)] } }));
  });
});
