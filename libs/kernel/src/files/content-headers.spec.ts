import { parse } from 'content-disposition';
import fc from 'fast-check';
import { contentHeaders, isInline } from './content-headers.js';

describe('contentHeaders', () => {
  it.each(['image/png', 'image/webp', 'audio/mpeg', 'video/mp4', 'application/pdf'])(
    'should allow %s inline',
    (type) => {
      expect(contentHeaders('a', type)).toMatchObject({
        'content-type': type,
        'content-disposition': 'inline; filename=a',
        'x-content-type-options': 'nosniff',
      });
    },
  );

  it.each([
    'text/html',
    'image/svg+xml',
    'application/xml',
    'application/xhtml+xml',
    'text/javascript',
    'text/xml',
    'application/x-msdownload',
  ])('should serve %s as a download with a passive type', (type) => {
    const headers = contentHeaders('a', type);
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' });
    expect(headers['content-disposition']).toMatch(/^attachment;/);
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  it('should serve text and documents as a download with their own type', () => {
    expect(contentHeaders('a', 'text/csv')['content-type']).toBe('text/csv; charset=utf-8');
    expect(contentHeaders('a', 'application/zip')['content-type']).toBe('application/zip');
    expect(isInline('text/plain')).toBe(false);
  });

  it('should encode a name that is not ASCII, with a fallback', () => {
    expect(contentHeaders('Größe €.pdf', 'application/pdf')['content-disposition']).toBe(
      `inline; filename="Gr??e ?.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%82%AC.pdf`,
    );
  });

  it('should produce valid headers for every name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        const header = contentHeaders(name, 'image/png')['content-disposition']!;
        expect(header).toMatch(/^[\x20-\x7e]*$/);
        expect(parse(header).type).toBe('inline');
      }),
    );
  });
});
