import fc from 'fast-check';
import {
  defineNotificationKind,
  mergeChannelPreferences,
  NOTIFICATION_KIND_NAMES,
  observeNotificationKinds,
  resolveChannels,
  type ChannelPreferences,
} from './notification-kinds.js';

const DEFAULT_CHANNELS = {
  eclipse: { inApp: true, email: true },
  sunrise: { inApp: true, email: false },
};

defineNotificationKind('sunrise', { description: 'The sun rose.', defaultChannels: DEFAULT_CHANNELS.sunrise });
defineNotificationKind('eclipse', { description: 'The moon eclipsed it.', defaultChannels: DEFAULT_CHANNELS.eclipse });

const kind = fc.constantFrom('eclipse' as const, 'sunrise' as const);
const channels = fc.record({ inApp: fc.boolean(), email: fc.boolean() }, { requiredKeys: [] });
const channelPreferences = fc.dictionary(kind, channels) as fc.Arbitrary<ChannelPreferences>;

describe('defineNotificationKind', () => {
  it('should add the kind to the sorted names, and throw when it is defined already', () => {
    expect(NOTIFICATION_KIND_NAMES).toEqual(['eclipse', 'sunrise']);
    const options = { description: 'Again.', defaultChannels: DEFAULT_CHANNELS.sunrise };
    expect(() => defineNotificationKind('sunrise', options)).toThrow('sunrise is defined twice');
  });

  it('should give observers the kinds that are defined before and after', () => {
    const observed: string[] = [];
    observeNotificationKinds(({ name }) => observed.push(name));
    expect(observed.sort()).toEqual(['eclipse', 'sunrise']);
  });
});

describe('resolveChannels', () => {
  it('should return the defaults for kinds without preferences', () => {
    expect(resolveChannels({})).toEqual(DEFAULT_CHANNELS);
    expect(resolveChannels({ eclipse: { email: false } }).eclipse).toEqual({ inApp: true, email: false });
  });

  it('should ignore preferences for kinds that are not defined', () => {
    expect(resolveChannels({ comet: { email: false } })).toEqual(DEFAULT_CHANNELS);
  });

  it('should return the latest value of every kind and channel, or the default', () => {
    fc.assert(
      fc.property(
        channelPreferences,
        channelPreferences,
        kind,
        fc.constantFrom('inApp' as const, 'email' as const),
        (before, changes, name, channel) => {
          expect(resolveChannels(mergeChannelPreferences(before, changes))[name]![channel]).toBe(
            changes[name]?.[channel] ?? before[name]?.[channel] ?? DEFAULT_CHANNELS[name][channel],
          );
        },
      ),
    );
  });
});
