import { cpuTimeOf } from '../testing/index.js';
import { evaluateFilter } from './evaluate-filter.js';
import { issuesOf, subjectOf, validFilter } from './filter.samples.js';
import { toPortablePattern } from './portable-pattern.js';

const matching = (value: string) => ({ field: 'subject', operator: 'matches', value });
const matches = (pattern: string, text: string): boolean =>
  evaluateFilter(validFilter(matching(pattern)), subjectOf({ subject: text }));

/** A text in which neither a literal nor an anchor lets a matcher stop early. */
function noise(length: number): string {
  let state = 1;
  const letters = Array.from({ length }, () =>
    (state = (state * 1103515245 + 12345) % 2 ** 31) > 2 ** 30 ? 'a' : 'b',
  );
  return letters.join('');
}

describe('matches operator', () => {
  it.each([
    ['order', 'my order', true],
    ['Order', 'my order', false],
    ['(?i)ORDER', 'my order', true],
    ['^#\\d{4,}$', '#12345', true],
    ['^#\\d{4,}$', '#123', false],
    ['a.c', 'a\nc', false],
    ['(?s)a.c', 'a\nc', true],
    ['\\bvip\\b', 'a vip!', true],
    ['\\bvip\\b', 'vips', false],
    ['^(?:refund|return)s?$', 'returns', true],
    ['[^a-z]', 'abc', false],
    ['\\p{Greek}', 'λ', true],
    ['^.$', '😀', true],
  ])('should interpret %j as RE2 does on %j', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each([
    '(a+)+$',
    '(a*)*b',
    '(a|aa)+$',
    '(.*a){20}c',
    '(\\w+\\s?)+c$',
    '(?:a?){150}a{150}c',
    '(a|b)*a(a|b){190}c',
    'a[ab]{400}[c-z]',
    '.{0,140}.{0,140}[Q-Z]$',
  ])('should evaluate %s without catastrophic backtracking', (pattern) => {
    const filter = validFilter(matching(pattern));
    const subject = subjectOf({ subject: `Qc${noise(50_000)}c!` });
    expect(cpuTimeOf(() => evaluateFilter(filter, subject))).toBeLessThan(8_000);
  });

  it.each(['(a|b){700}', '((a{9}){9}){9}', '(?:[ab]{1,30}){30}'])(
    'should reject %s because its expansion is too large',
    (pattern) => {
      expect(issuesOf(matching(pattern))).toEqual([
        expect.stringMatching(/too large a pattern|not a valid RE2 pattern/),
      ]);
    },
  );

  it.each(['(?=a)', '(?<!a)b', '(a)\\1', '(?>a)', 'a++', '*a', '[z-a]', '(', 'a{2000}', '\\'])(
    'should reject %j because it is not valid in RE2',
    (pattern) => {
      expect(issuesOf(matching(pattern))).toEqual([
        expect.stringMatching(/^filter\.value is not a valid RE2 pattern: /),
      ]);
    },
  );

  it.each([
    ['\\pL', 'the escape "\\p"'],
    ['a(?i)b', 'a special group'],
    ['(?P<x>a)', 'a special group'],
    ['[[:alpha:]]', 'a named class'],
    ['(?:^a)+', 'a repeated anchor'],
    ['(?:a{20}){20}', 'repetitions that expand'],
    ['a{256}', 'a repetition of more than 255'],
    ['[^\\x{0}-\\x{10FFFF}]', 'this "\\x" escape'],
  ])('should reject %j in lists and searches', (pattern, reason) => {
    expect(issuesOf(matching(pattern))).toEqual([]);
    expect(issuesOf(matching(pattern), 'sql')).toEqual([expect.stringContaining(`filter.value uses ${reason}`)]);
  });

  it('should escape all special characters when it translates a pattern for Postgres', () => {
    expect(toPortablePattern('a.b')).toEqual({ ok: true, are: 'a[^\\u000a]b' });
    expect(toPortablePattern('(?i)k\\.')).toEqual({ ok: true, are: '[Kk\\u212a]\\u002e' });
    expect(toPortablePattern('^(x|y)+?$')).toEqual({ ok: true, are: '\\A(?:x|y)+\\Z' });
  });
});
