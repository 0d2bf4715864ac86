import { planSearch } from './search-plan.js';

describe('planSearch', () => {
  it.each([
    [
      'keep the prefix when it is rare',
      { query: `'zepp':*`, matching: 0, prefixMatches: 0, completions: [] },
      { query: `'zepp':*`, common: false },
    ],
    [
      'be common when one message in a hundred matches',
      { query: `'ok'`, matching: 20, prefixMatches: 0, completions: [] },
      { query: `'ok'`, common: true },
    ],
    [
      'not be common when fewer than one message in a hundred match',
      { query: `'ok'`, matching: 19, prefixMatches: 0, completions: [] },
      { query: `'ok'`, common: false },
    ],
    [
      'replace the prefix with words when it is common',
      { query: `'re':*`, matching: 200, prefixMatches: 400, completions: ['refund', 'return'] },
      { query: "( 'refund' | 'return' )", common: true },
    ],
    [
      'replace a common prefix when all terms together are rare',
      { query: `'blue' & 're':*`, matching: 1, prefixMatches: 20, completions: ['red'] },
      { query: `'blue' & ( 'red' )`, common: false },
    ],
    [
      'replace a common prefix in a phrase',
      { query: `'blue' <-> 're':*`, matching: 1, prefixMatches: 20, completions: ['red', 'ref'] },
      { query: `'blue' <-> ( 'red' | 'ref' )`, common: false },
    ],
    [
      'escape quotes and backslashes in words',
      { query: `'it''s':*`, matching: 20, prefixMatches: 20, completions: [`it's`, 'a\\b'] },
      { query: `( 'it''s' | 'a\\\\b' )`, common: true },
    ],
    [
      'have no query when there are no terms',
      { query: null, matching: 0, prefixMatches: 0, completions: [] },
      { query: null, common: false },
    ],
  ])('should %s', (_title, stats, plan) => {
    expect(planSearch(stats)).toEqual(plan);
  });
});
