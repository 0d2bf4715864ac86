import { NEW_MESSAGE, PARTICIPATING_MESSAGE } from './notification-kinds.js';
import { recipientsOf, excludeActor } from './notification-recipients.js';

describe('excludeActor', () => {
  it('should exclude the acting user and remove duplicates', () => {
    expect(excludeActor(['a', 'b', 'a'], { kind: 'user', id: 'b' })).toEqual(['a']);
    expect(excludeActor(['a', 'b'], { kind: 'api_key', id: 'b' })).toEqual(['a', 'b']);
    expect(excludeActor(['a'], { kind: 'system', id: null })).toEqual(['a']);
  });
});

describe('recipientsOf', () => {
  it('should give the assignee and other participants different kinds of notification', () => {
    expect(recipientsOf({ assigneeId: 'a', followerIds: ['a', 'b'] })).toEqual([
      { userId: 'a', kind: NEW_MESSAGE },
      { userId: 'b', kind: PARTICIPATING_MESSAGE },
    ]);
    expect(recipientsOf({ assigneeId: null, followerIds: ['b'] })).toEqual([
      { userId: 'b', kind: PARTICIPATING_MESSAGE },
    ]);
    expect(recipientsOf({ assigneeId: null, followerIds: [] })).toEqual([]);
  });
});
