import { Clock } from '../clock/clock.js';
import { SignedUrls, type SignedQuery } from './signed-urls.service.js';

class SetClock extends Clock {
  time = new Date('2026-01-15T10:30:00Z');

  now(): Date {
    return this.time;
  }
}

const ID = '0199a000-0000-7000-8000-000000000001';

describe('SignedUrls', () => {
  let clock: SetClock;
  let urls: SignedUrls;

  beforeEach(() => {
    clock = new SetClock();
    urls = new SignedUrls('secret', { publicUrl: 'https://desk.example' }, clock);
  });

  function queryOf(url: string): Record<string, string> {
    return Object.fromEntries(new URL(url, 'http://here').searchParams);
  }

  it('should sign a link that holds until the full hour after its time', () => {
    const url = urls.urlOf(ID, { expiresIn: 600 });
    expect(url).toMatch(new RegExp(`^https://desk.example/v1/files/${ID}/content\\?expires=`));
    expect(queryOf(url).expires).toBe(String(Date.parse('2026-01-15T11:00:00Z') / 1000));
    clock.time = new Date('2026-01-15T10:59:59.999Z');
    expect(() => urls.verify(ID, queryOf(url))).not.toThrow();
    clock.time = new Date('2026-01-15T11:00:00Z');
    expect(() => urls.verify(ID, queryOf(url))).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN', message: 'This link has expired' }),
    );
  });

  it('should give the same link within the hour', () => {
    const url = urls.urlOf(ID);
    clock.time = new Date('2026-01-15T10:59:00Z');
    expect(urls.urlOf(ID)).toBe(url);
    clock.time = new Date('2026-01-15T11:00:01Z');
    expect(urls.urlOf(ID)).not.toBe(url);
  });

  it('should carry a name that is signed along', () => {
    const query = queryOf(urls.urlOf(ID, { name: 'Größe & more.pdf' }));
    expect(query.name).toBe('Größe & more.pdf');
    expect(() => urls.verify(ID, query)).not.toThrow();
    expect(() => urls.verify(ID, { ...query, name: 'other.pdf' })).toThrow('not valid');
    expect(() => urls.verify(ID, { expires: query.expires, signature: query.signature })).toThrow('not valid');
  });

  it('should not accept anything that was changed, left out or said twice', () => {
    const query = queryOf(urls.urlOf(ID));
    const refused: [string, SignedQuery][] = [
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
    for (const [id, changed] of refused)
      expect(() => urls.verify(id, changed)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  it('should not accept the signature of another secret', () => {
    const other = new SignedUrls('other', { publicUrl: 'https://desk.example' }, clock);
    expect(() => urls.verify(ID, queryOf(other.urlOf(ID)))).toThrow('not valid');
  });

  it('should accept an id in other letters, as the router does', () => {
    expect(() => urls.verify(ID.toUpperCase(), queryOf(urls.urlOf(ID)))).not.toThrow();
  });

  it('should begin at the root when the port is not known', () => {
    const unknown = new SignedUrls('secret', { publicUrl: 'http://127.0.0.1:0' }, clock);
    expect(unknown.urlOf(ID)).toMatch(/^\/v1\/files\//);
  });
});
