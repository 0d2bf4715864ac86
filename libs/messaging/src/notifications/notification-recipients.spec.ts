import { recipientsOf, excludeActor, renderMentions } from './notification-recipients.js';

describe('others', () => {
  it('should leave out who did it, and name everybody once', () => {
    expect(excludeActor(['a', 'b', 'a'], { kind: 'user', id: 'b' })).toEqual(['a']);
    expect(excludeActor(['a', 'b'], { kind: 'api_key', id: 'b' })).toEqual(['a', 'b']);
    expect(excludeActor(['a'], { kind: 'system', id: null })).toEqual(['a']);
  });
});

describe('hearers', () => {
  it('should tell the assignee as such, and other followers', () => {
    expect(recipientsOf({ assigneeId: 'a', followerIds: ['a', 'b'] })).toEqual([
      { userId: 'a', kind: 'new_message' },
      { userId: 'b', kind: 'participating_message' },
    ]);
    expect(recipientsOf({ assigneeId: null, followerIds: ['b'] })).toEqual([
      { userId: 'b', kind: 'participating_message' },
    ]);
    expect(recipientsOf({ assigneeId: null, followerIds: [] })).toEqual([]);
  });
});

describe('readable', () => {
  it('should show mentions by name', () => {
    expect(renderMentions('@[Ben Ode](0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c) look, [a](b)')).toBe(
      '@Ben Ode look, [a](b)',
    );
  });
});
