import { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { detectEncoding, type CsvEncoding, type DetectedEncoding } from './csv-encoding.js';

function detect(bytes: Buffer, chunk = 1000): Promise<DetectedEncoding> {
  const count = Math.ceil(bytes.length / chunk);
  const chunks = Array.from({ length: count }, (_none, index) => bytes.subarray(index * chunk, (index + 1) * chunk));
  return detectEncoding(Readable.from(chunks) as AsyncIterable<Buffer>);
}

const WESTERN = 'E-Mail;Name\nm@x.de;Jürgen Müller\nk@x.de;Käthe Groß\n';

it.each<[CsvEncoding, string]>([
  ['windows-1252', WESTERN],
  ['windows-1252', 'name\nMüller\n'],
  ['windows-1252', 'name,plan\nJosé,10 €\n'],
  ['shift_jis', '名前,メール\n山田太郎,y@x.jp\n佐藤花子,s@x.jp\n'],
  ['euc-jp', '名前,メール\n山田太郎,y@x.jp\n佐藤花子,s@x.jp\n'],
])('should detect %s when the file is %j', async (encoding, text) => {
  expect(await detect(iconv.encode(text, encoding))).toEqual({ encoding, isValidUtf8: false });
});

it.each(['utf-16le', 'utf-16be'] as const)('should detect %s when it has no byte order mark', async (encoding) => {
  expect((await detect(iconv.encode(WESTERN, encoding, { addBOM: false }))).encoding).toBe(encoding);
  expect((await detect(iconv.encode('名前,メール\n', encoding, { addBOM: true }))).encoding).toBe(encoding);
});

it('should detect UTF-8 when characters are split between chunks', async () => {
  for (const chunk of [1, 2, 1000])
    expect(await detect(Buffer.from(WESTERN), chunk)).toEqual({ encoding: 'utf-8', isValidUtf8: true });
  expect(await detect(Buffer.from('name\n\ufffd\n'))).toEqual({ encoding: 'utf-8', isValidUtf8: true });
  expect(await detect(Buffer.alloc(0))).toEqual({ encoding: 'utf-8', isValidUtf8: true });
});

it('should detect UTF-8 with invalid bytes when most of its characters are valid', async () => {
  const bytes = Buffer.concat([Buffer.from(WESTERN), Buffer.from([0xff, 0x0a])]);
  expect(await detect(bytes)).toEqual({ encoding: 'utf-8', isValidUtf8: false });
});
