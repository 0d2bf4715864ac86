import { applyArticleChange } from './article-changes.js';

const BEFORE = { title: 'Refunds', slug: 'refunds', locale: 'en', description: null, body: 'Wait.', tags: ['money'] };

describe('applyArticleChange', () => {
  it('should report changed fields and keep omitted ones', () => {
    const { next, changed } = applyArticleChange(BEFORE, {
      title: 'Refunds and returns',
      description: 'How to.',
      tags: undefined,
    });
    expect(next).toEqual({ ...BEFORE, title: 'Refunds and returns', description: 'How to.' });
    expect(changed).toEqual({ title: ['Refunds', 'Refunds and returns'], description: [null, 'How to.'] });
  });

  it('should report no changes when all values are equal', () => {
    expect(applyArticleChange(BEFORE, { title: 'Refunds', tags: ['money'] }).changed).toEqual({});
  });

  it('should clear fields that are set to null', () => {
    expect(applyArticleChange({ ...BEFORE, description: 'x' }, { description: null }).next.description).toBeNull();
  });

  it('should truncate long bodies in the event', () => {
    const body = `${'x'.repeat(1_999)}😀${'y'.repeat(50_000)}`;
    const { next, changed } = applyArticleChange(BEFORE, { body });
    expect(next.body).toBe(body);
    expect(changed.body![1]).toBe(`${'x'.repeat(1_999)}😀… (${body.length} characters in total)`);
  });
});
