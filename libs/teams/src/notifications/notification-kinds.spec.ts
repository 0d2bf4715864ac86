import fc from 'fast-check';
import {
  resolveChannels,
  DEFAULT_CHANNELS,
  NOTIFICATION_KINDS,
  mergeChannelPreferences,
  type ChannelPreferences,
} from './notification-kinds.js';

const channels = fc.record({ inApp: fc.boolean(), email: fc.boolean() }, { requiredKeys: [] });
const channelPreferences = fc.dictionary(
  fc.constantFrom(...NOTIFICATION_KINDS),
  channels,
) as fc.Arbitrary<ChannelPreferences>;

describe('resolveChannels', () => {
  it('should return the defaults for kinds without preferences', () => {
    expect(resolveChannels({})).toEqual(DEFAULT_CHANNELS);
    expect(resolveChannels({ mentioned: { email: false } }).mentioned).toEqual({ inApp: true, email: false });
  });

  it('should return the latest value of every kind and channel, or the default', () => {
    fc.assert(
      fc.property(
        channelPreferences,
        channelPreferences,
        fc.constantFrom(...NOTIFICATION_KINDS),
        fc.constantFrom('inApp' as const, 'email' as const),
        (before, changes, kind, channel) => {
          expect(resolveChannels(mergeChannelPreferences(before, changes))[kind][channel]).toBe(
            changes[kind]?.[channel] ?? before[kind]?.[channel] ?? DEFAULT_CHANNELS[kind][channel],
          );
        },
      ),
    );
  });
});
