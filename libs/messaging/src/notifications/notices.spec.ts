import { hearers, others, readable } from './notices.js';

describe('others', () => {
  it('should leave out who did it, and name everybody once', () => {
    expect(others(['a', 'b', 'a'], { kind: 'user', id: 'b' })).toEqual(['a']);
    expect(others(['a', 'b'], { kind: 'api_key', id: 'b' })).toEqual(['a', 'b']);
    expect(others(['a'], { kind: 'system', id: null })).toEqual(['a']);
  });
});

describe('hearers', () => {
  it('should tell the assignee as such, and other followers', () => {
    expect(hearers({ assigneeId: 'a', followerIds: ['a', 'b'] })).toEqual([
      { userId: 'a', kind: 'new_message' },
      { userId: 'b', kind: 'participating_message' },
    ]);
    expect(hearers({ assigneeId: null, followerIds: ['b'] })).toEqual([{ userId: 'b', kind: 'participating_message' }]);
    expect(hearers({ assigneeId: null, followerIds: [] })).toEqual([]);
  });
});

describe('readable', () => {
  it('should show mentions by name', () => {
    expect(readable('@[Ben Ode](0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c) look, [a](b)')).toBe('@Ben Ode look, [a](b)');
  });
});
