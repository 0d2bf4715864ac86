import { canonicalUrl } from './campfire-urls.js';

describe('canonicalUrl', () => {
  it.each([
    ['/v1/conversationNotes', '/v1/conversation-notes'],
    ['/v1/conversationNotes?limit=1', '/v1/conversation-notes?limit=1'],
    ['/v1/customerProfiles/1/notes', '/v1/customer-profiles/1/notes'],
    ['/v1/team', '/v1/teams'],
    ['/v1/team/1', '/v1/teams/1'],
  ])('should map %s to %s when the collection has the name of Campfire', (url, expected) => {
    expect(canonicalUrl(url)).toBe(expected);
  });

  it.each(['/v1/teams', '/v1/conversations/aB', '/v2/teamMates', '/docs', '/v1/Team', '/'])(
    'should not change %s when it has none',
    (url) => {
      expect(canonicalUrl(url)).toBe(url);
    },
  );
});
