import { Clock } from '../clock/clock.js';
import { FileUrlSigner, type SignedQuery } from './file-url-signer.service.js';

class ManualClock extends Clock {
  time = new Date('2026-01-15T10:30:00Z');

  now(): Date {
    return this.time;
  }
}

const ID = '0199a000-0000-7000-8000-000000000001';

describe('FileUrlSigner', () => {
  let clock: ManualClock;
  let urls: FileUrlSigner;

  beforeEach(() => {
    clock = new ManualClock();
    urls = new FileUrlSigner('secret', { publicUrl: 'https://desk.example' }, clock);
  });

  function queryOf(url: string): Record<string, string> {
    return Object.fromEntries(new URL(url, 'http://here').searchParams);
  }

  it('should sign a URL that is valid until the full hour after its lifetime', () => {
    const url = urls.createUrl(ID, { expiresIn: 600 });
    expect(url).toMatch(new RegExp(`^https://desk.example/v1/files/${ID}/content\\?expires=`));
    expect(queryOf(url).expires).toBe(String(Date.parse('2026-01-15T11:00:00Z') / 1000));
    clock.time = new Date('2026-01-15T10:59:59.999Z');
    expect(() => urls.verify(ID, queryOf(url))).not.toThrow();
    clock.time = new Date('2026-01-15T11:00:00Z');
    expect(() => urls.verify(ID, queryOf(url))).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN', message: 'This link has expired' }),
    );
  });

  it('should return the same URL within the hour', () => {
    const url = urls.createUrl(ID);
    clock.time = new Date('2026-01-15T10:59:00Z');
    expect(urls.createUrl(ID)).toBe(url);
    clock.time = new Date('2026-01-15T11:00:01Z');
    expect(urls.createUrl(ID)).not.toBe(url);
  });

  it('should include the name in the signature', () => {
    const query = queryOf(urls.createUrl(ID, { name: 'Größe & more.pdf' }));
    expect(query.name).toBe('Größe & more.pdf');
    expect(() => urls.verify(ID, query)).not.toThrow();
    expect(() => urls.verify(ID, { ...query, name: 'other.pdf' })).toThrow('not valid');
    expect(() => urls.verify(ID, { expires: query.expires, signature: query.signature })).toThrow('not valid');
  });

  it('should reject changed, missing and repeated parameters', () => {
    const query = queryOf(urls.createUrl(ID));
    const rejected: [string, SignedQuery][] = [
      [ID.replace(/1$/, '2'), query],
      [ID, { ...query, expires: String(Number(query.expires) + 3600) }],
      [ID, { ...query, expires: `0${query.expires}` }],
      [ID, { ...query, signature: `${query.signature!.slice(0, -2)}AA` }],
      [ID, { ...query, signature: '' }],
      [ID, { ...query, signature: [query.signature, query.signature] }],
      [ID, { expires: query.expires }],
      [ID, { signature: query.signature }],
      [ID, { ...query, name: 'x' }],
      [ID, {}],
    ];
    for (const [id, changed] of rejected)
      expect(() => urls.verify(id, changed)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('should reject the signature of another secret', () => {
    const other = new FileUrlSigner('other', { publicUrl: 'https://desk.example' }, clock);
    expect(() => urls.verify(ID, queryOf(other.createUrl(ID)))).toThrow('not valid');
  });

  it('should accept an ID in upper case', () => {
    expect(() => urls.verify(ID.toUpperCase(), queryOf(urls.createUrl(ID)))).not.toThrow();
  });

  it('should return a relative URL when the port is not known', () => {
    const unknown = new FileUrlSigner('secret', { publicUrl: 'http://127.0.0.1:0' }, clock);
    expect(unknown.createUrl(ID)).toMatch(/^\/v1\/files\//);
  });
});
