import { planSearch } from './search-plan.js';

describe('searchPlan', () => {
  it.each([
    [
      'a rare word stays the beginning of one',
      { query: `'zepp':*`, meeting: 0, beginning: 0, completions: [] },
      { query: `'zepp':*`, common: false },
    ],
    [
      'a common word is common',
      { query: `'ok'`, meeting: 20, beginning: 0, completions: [] },
      { query: `'ok'`, common: true },
    ],
    [
      'a word below one in a hundred is not',
      { query: `'ok'`, meeting: 19, beginning: 0, completions: [] },
      { query: `'ok'`, common: false },
    ],
    [
      'the beginning of common words becomes those words',
      { query: `'re':*`, meeting: 200, beginning: 400, completions: ['refund', 'return'] },
      { query: `( 'refund' | 'return' )`, common: true },
    ],
    [
      'whether or not all words together are common',
      { query: `'blue' & 're':*`, meeting: 1, beginning: 20, completions: ['red'] },
      { query: `'blue' & ( 'red' )`, common: false },
    ],
    [
      'in a phrase too',
      { query: `'blue' <-> 're':*`, meeting: 1, beginning: 20, completions: ['red', 'ref'] },
      { query: `'blue' <-> ( 'red' | 'ref' )`, common: false },
    ],
    [
      'with quotes and backslashes as they are',
      { query: `'it''s':*`, meeting: 20, beginning: 20, completions: [`it's`, 'a\\b'] },
      { query: `( 'it''s' | 'a\\\\b' )`, common: true },
    ],
    ['no words are none', { query: null, meeting: 0, beginning: 0, completions: [] }, { query: null, common: false }],
  ])('%s', (_title, stats, plan) => {
    expect(planSearch(stats)).toEqual(plan);
  });
});
