import fc from 'fast-check';
import { findFreeSlug, SLUG_PATTERN, slugify } from './article-slug.js';

describe('slugify', () => {
  it.each([
    ['How do I reset my password?', 'how-do-i-reset-my-password'],
    ['  Crème brûlée — à la carte  ', 'creme-brulee-a-la-carte'],
    ["Don't panic", 'dont-panic'],
    ['返品について 2024', '返品について-2024'],
    ['Сброс пароля', 'сброс-пароля'],
    ['!!!', 'article'],
  ])('should convert %s', (title, slug) => {
    expect(slugify(title)).toBe(slug);
  });

  it('should return a valid slug for any title', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 255 }),
        (title) => SLUG_PATTERN.test(slugify(title)) && slugify(title).length <= 100,
      ),
    );
  });
});

describe('findFreeSlug', () => {
  it('should return the slug when it is free', () => {
    expect(findFreeSlug('refunds', new Set(['refunds-2']))).toBe('refunds');
  });

  it('should append the first free number when the slug is taken', () => {
    expect(findFreeSlug('refunds', new Set(['refunds', 'refunds-2', 'refunds-4']))).toBe('refunds-3');
  });
});
