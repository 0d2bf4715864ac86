import fc from 'fast-check';
import { cleanFileName } from './file-name.js';

describe('cleanFileName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\report.pdf', 'report.pdf'],
    ['a\r\nSet-Cookie: x=1.txt', 'aSet-Cookie: x=1.txt'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['Ru\u0308be.txt', 'R\u00fcbe.txt'],
    ['   ', 'file'],
    ['..', 'file'],
    ['a/', 'file'],
  ])('should sanitize %j to %j', (input, expected) => {
    expect(cleanFileName(input)).toBe(expected);
  });

  it('should shorten a long name and keep its extension', () => {
    const name = cleanFileName(`${'ü'.repeat(300)}.pdf`);
    expect(name.endsWith('ü.pdf')).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });

  it('should always return a valid name that stays the same when sanitized again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (input) => {
        const name = cleanFileName(input);
        expect(name).not.toMatch(/[/\\\0\r\n]/);
        expect(name.length).toBeGreaterThan(0);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(cleanFileName(name)).toBe(name);
      }),
    );
  });
});
