import { Readable } from 'node:stream';
import { parseCsvRecords, parseHeader, UnreadableCsvError, type CsvRecord } from './csv-records.js';

async function rows(text: string | Buffer, delimiter = ',', chunk = 3): Promise<Omit<CsvRecord, 'bytes'>[]> {
  const bytes = Buffer.from(text as string);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_none, index) =>
    bytes.subarray(index * chunk, (index + 1) * chunk),
  );
  const found: Omit<CsvRecord, 'bytes'>[] = [];
  for await (const { bytes: _bytes, ...row } of parseCsvRecords(Readable.from(chunks), delimiter)) found.push(row);
  return found;
}

async function records(...args: Parameters<typeof rows>): Promise<Readonly<Record<string, string>>[]> {
  return (await rows(...args)).map(({ record }) => record);
}

describe('parseHeader', () => {
  it.each([
    ['email,name\nx', ',', ['email', 'name']],
    ['email;name, first;x\r\n', ';', ['email', 'name, first', 'x']],
    ['a\tb\tc', '\t', ['a', 'b', 'c']],
    ['a|b', '|', ['a', 'b']],
    ['\ufeffemail,name\n', ',', ['email', 'name']],
    ['"a, b",c\n', ',', ['a, b', 'c']],
    ['email', ',', ['email']],
  ])('should parse %j', (text, delimiter, header) => {
    expect(parseHeader(Buffer.from(text))).toEqual({ delimiter, header });
  });

  it.each([
    Buffer.from(''),
    Buffer.from('\n\n'),
    Buffer.from([0xff, 0xfe, 0x41, 0x00]),
    Buffer.from('a,a\n'),
    Buffer.from('"a\nb,c'),
  ])('should throw UnreadableCsvError when the file is %s', (bytes) => {
    expect(() => parseHeader(bytes)).toThrow(UnreadableCsvError);
  });

  it('should ignore an incomplete character at the end of the buffer', () => {
    expect(parseHeader(Buffer.from('n\u00e4me,x').subarray(0, 2)).header).toEqual(['n']);
  });
});

describe('parseCsvRecords', () => {
  it('should parse the same rows for every chunk size', async () => {
    const text = '\ufeffn\u00e4me,note\r\nJos\u00e9,"a ""b""\nc"\r\n\r\nshort\r\nlong,1,2,3\r\n';
    for (const chunk of [1, 2, 7, 1000]) {
      expect(await records(text, ',', chunk)).toEqual([
        { 'n\u00e4me': 'Jos\u00e9', note: 'a "b"\nc' },
        { 'n\u00e4me': 'short' },
        { 'n\u00e4me': 'long', note: '1' },
      ]);
    }
  });

  it('should number rows as spreadsheets do and count surplus cells', async () => {
    const text = 'a,,b\r\n1,x,2\r\n\r\n ,,\r\n"3\nand more",x,4,,\r\n5,x,6,7,,8\r\n';
    expect(await rows(text)).toEqual([
      { record: { a: '1', b: '2' }, row: 2, surplus: 0 },
      { record: { a: '3\nand more', b: '4' }, row: 5, surplus: 0 },
      { record: { a: '5', b: '6' }, row: 6, surplus: 2 },
    ]);
  });

  it('should throw UnreadableCsvError when the file has invalid UTF-8 or an unclosed quote', async () => {
    await expect(records(Buffer.concat([Buffer.from('a\n1\n'), Buffer.from([0xc3])]))).rejects.toThrow(
      UnreadableCsvError,
    );
    await expect(
      records(Buffer.concat([Buffer.from('a\n'), Buffer.from([0xff]), Buffer.from('\n2\n')])),
    ).rejects.toThrow(UnreadableCsvError);
    await expect(records('a\n"1\n2\n')).rejects.toThrow(UnreadableCsvError);
  });

  it('should stop reading the file when the consumer stops', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from('a\n');
      for (; read < 100_000; read += 1) yield Buffer.from(`${'x'.repeat(1000)}\n`);
    }
    for await (const { record } of parseCsvRecords(Readable.from(endless()), ',')) if (record.a) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(read).toBeLessThan(10_000);
  });
});
