import { parseSearchQuery } from '@parley/kernel/search';
import { planSearch } from './search-plan.js';

describe('planSearch', () => {
  it('should search for the query itself when its last word is complete', () => {
    const query = "( 'blue' ) & ( 're' )";
    expect(planSearch(parseSearchQuery('blue re')!, null)).toEqual({ query, recentQuery: query });
  });

  it.each([
    ['blue ref', [], "( 'blue' ) & ( 'ref':* )", "( 'blue' ) & ( 'ref' )"],
    ['blue ref', ['refs', 'ref'], "( 'blue' ) & ( 'ref':* )", "( 'blue' ) & ( ( 'ref' | 'refs' ) )"],
    ['"blue ref', ['refs'], "( 'blue' <-> 'ref':* )", "( 'blue' <-> ( 'ref' | 'refs' ) )"],
  ])(
    'should search for words instead of a prefix in the newest messages: %j, %j',
    (text, completions, query, recent) => {
      const plan = planSearch(parseSearchQuery(text)!, { prefix: 'ref', completions });
      expect(plan).toEqual({ query, recentQuery: recent });
    },
  );
});
