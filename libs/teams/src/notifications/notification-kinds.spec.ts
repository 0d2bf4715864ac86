import fc from 'fast-check';
import { channelsOf, DEFAULT_CHANNELS, NOTIFICATION_KINDS, saidToo, type SaidChannels } from './notification-kinds.js';

const channels = fc.record({ inApp: fc.boolean(), email: fc.boolean() }, { requiredKeys: [] });
const said = fc.dictionary(fc.constantFrom(...NOTIFICATION_KINDS), channels) as fc.Arbitrary<SaidChannels>;

describe('channelsOf', () => {
  it('should be the defaults where nothing was said', () => {
    expect(channelsOf({})).toEqual(DEFAULT_CHANNELS);
    expect(channelsOf({ mentioned: { email: false } }).mentioned).toEqual({ inApp: true, email: false });
  });

  it('should be what was said last, and before that, for every kind and channel', () => {
    fc.assert(
      fc.property(
        said,
        said,
        fc.constantFrom(...NOTIFICATION_KINDS),
        fc.constantFrom('inApp' as const, 'email' as const),
        (before, more, kind, channel) => {
          expect(channelsOf(saidToo(before, more))[kind][channel]).toBe(
            more[kind]?.[channel] ?? before[kind]?.[channel] ?? DEFAULT_CHANNELS[kind][channel],
          );
        },
      ),
    );
  });
});
