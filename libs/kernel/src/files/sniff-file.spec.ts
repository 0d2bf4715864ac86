import fc from 'fast-check';
import { isInline } from './content-headers.js';
import { sniffFile } from './sniff-file.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);
const OLE = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

const BY_BYTES: [string, string | Buffer, string, string, string][] = [
  ['a PNG', PNG, 'a.png', 'image/png', 'image/png'],
  ['a PNG that claims to be a page', PNG, 'a.html', 'text/html', 'image/png'],
  ['a page that claims to be a PNG', '<!DOCTYPE html><script>alert(1)</script>', 'a.png', 'image/png', 'text/html'],
  ['a page behind spaces and a comment', ' \n<!-- x --><HTML><body>', 'a.txt', 'text/plain', 'text/html'],
  ['a script tag', '<script>alert(1)</script>', 'a.txt', 'text/plain', 'text/html'],
  ['an SVG that claims to be a PNG', SVG, 'a.png', 'image/png', 'image/svg+xml'],
  [
    'an SVG behind a prologue',
    `<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY a "b">]>\n<!-- hi -->${SVG}`,
    'a.svg',
    'image/svg+xml',
    'image/svg+xml',
  ],
  ['an SVG with a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', 'a.jpg', 'image/jpeg', 'image/svg+xml'],
  ['an SVG in UTF-16', Buffer.from(`\ufeff${SVG}`, 'utf16le'), 'a.svg', 'image/svg+xml', 'image/svg+xml'],
  ['prose that claims to be a page', 'Dear Sir, 1 < 2', 'a.html', 'text/html', 'text/plain'],
  ['prose that claims to be an SVG', 'no image', 'a.svg', 'image/svg+xml', 'text/plain'],
  ['XML of some kind', '<?xml version="1.0"?><order id="1"/>', 'a.xml', 'text/xml', 'application/xml'],
  ['a table declared as one', 'a,b\n1,2\n', 'data', 'text/csv; charset=utf-8', 'text/csv'],
  ['a table by its extension', 'a,b\n1,2\n', 'Data.CSV', 'application/vnd.ms-excel', 'text/csv'],
  ['JSON', '{"a":1}', 'a.json', 'application/octet-stream', 'application/json'],
  ['umlauts', 'Grüße', 'a', '', 'text/plain'],
  [
    'text that begins like a bitmap',
    'BMW is a make of car, and this is a sentence.',
    'a.txt',
    'text/plain',
    'text/plain',
  ],
  ['text that begins like a program', 'MZ is a sign on cars in Mainz', 'a.txt', 'text/plain', 'text/plain'],
  ['a PDF that is all text', '%PDF-1.4\n1 0 obj\n', 'a.txt', 'text/plain', 'application/pdf'],
  ['an old Word file', OLE, 'a.doc', 'application/octet-stream', 'application/msword'],
  ['an old Office file of no known program', OLE, 'a.png', 'image/png', 'application/x-cfb'],
  [
    'bytes that claim to be a PNG',
    Buffer.from([0, 1, 2, 3, 255, 254]),
    'a.png',
    'image/png',
    'application/octet-stream',
  ],
  ['nothing at all', '', 'a.png', 'image/png', 'text/plain'],
];

describe('sniffFile', () => {
  it.each(BY_BYTES)('should detect %s', async (_what, bytes, name, declared, type) => {
    expect(await sniffFile(Buffer.from(bytes as string), name, declared)).toBe(type);
  });

  it('should detect text that is cut within a character', async () => {
    const head = Buffer.from('Grüße');
    expect(await sniffFile(head.subarray(0, 3), 'a', '')).toBe('text/plain');
  });

  it('should not let the declared type decide if a file is shown inline', async () => {
    const declared = fc.constantFrom('image/png', 'video/mp4', 'application/pdf', 'text/html', 'image/svg+xml');
    const name = fc.constantFrom('a.png', 'a.mp4', 'a.pdf', 'a.html', 'a.svg', 'a');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), declared, name, async (bytes, type, expectedType) => {
        const plain = await sniffFile(Buffer.from(bytes), 'a', '');
        expect(isInline(await sniffFile(Buffer.from(bytes), expectedType, type))).toBe(isInline(plain));
      }),
    );
  });
});
