import { Readable } from 'node:stream';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { CsvEncoding } from './csv-encoding.js';
import { formatCsvHeader, formatCsvRows } from './csv-writer.js';
import { parseCsvRecords, parseHeader, UnreadableCsvError, type CsvFormat, type CsvRecord } from './csv-records.js';

const UTF8 = { encoding: 'utf-8', isValidUtf8: true } as const;

function stream(bytes: Buffer, chunk: number): Readable {
  const count = Math.ceil(bytes.length / chunk);
  return Readable.from(
    Array.from({ length: count }, (_none, index) => bytes.subarray(index * chunk, (index + 1) * chunk)),
  );
}

async function rows(
  text: string | Buffer,
  { delimiter = ',', ...format }: Partial<CsvFormat> = {},
  chunk = 3,
): Promise<Omit<CsvRecord, 'bytes'>[]> {
  const found: Omit<CsvRecord, 'bytes'>[] = [];
  const source = stream(Buffer.from(text as string), chunk);
  for await (const { bytes: _bytes, ...row } of parseCsvRecords(source, { ...UTF8, ...format, delimiter }))
    found.push(row);
  return found;
}

async function records(...args: Parameters<typeof rows>): Promise<Readonly<Record<string, string>>[]> {
  return (await rows(...args)).map(({ record }) => record);
}

async function names(lines: string, ...options: [Partial<CsvFormat>?, number?]): Promise<(string | undefined)[]> {
  return (await records(`id,name\n${lines}`, ...options)).map(({ name }) => name);
}

function header(text: string, encoding: CsvEncoding = 'utf-8'): ReturnType<typeof parseHeader> {
  return parseHeader(Buffer.from(text), encoding);
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
    ['sep=;\r\nemail;a,b,c\r\n', ';', ['email', 'a,b,c']],
    ['\ufeff"sep=:"\nemail:name\n', ':', ['email', 'name']],
    ['email;"name\r\n(first; last)";"x"\rada;b;c', ';', ['email', 'name\r\n(first; last)', 'x']],
    ['Name, first;E-mail\nAda;a@x\nGrace;g@x\n', ';', ['Name, first', 'E-mail']],
    ['"email", "name"\n', ',', ['email', 'name']],
    ['email,12" wide\n', ',', ['email', '12" wide']],
    ["email,'=1+1\n", ',', ['email', '=1+1']],
  ])('should parse %j', (text, delimiter, columns) => {
    expect(header(text)).toEqual({ delimiter, header: columns });
  });

  it.each(['', '\n\n', 'a,a\n', '"a\nb,c', ',,\n'])('should throw UnreadableCsvError when the file is %j', (text) => {
    expect(() => header(text)).toThrow(UnreadableCsvError);
  });
});

describe('parseCsvRecords', () => {
  it('should parse the same rows for every chunk size', async () => {
    const text = '\ufeffn\u00e4me,note\r\nJos\u00e9,"a ""b""\nc"\r\n\r\nshort\r\nlong,1,2,3\r\nx,"y\r\n';
    for (const chunk of [1, 2, 7, 1000]) {
      expect(await records(text, {}, chunk)).toEqual([
        { 'n\u00e4me': 'Jos\u00e9', note: 'a "b"\nc' },
        { 'n\u00e4me': 'short' },
        { 'n\u00e4me': 'long', note: '1' },
        { 'n\u00e4me': 'x', note: '"y' },
      ]);
    }
  });

  it('should number rows as spreadsheets do and report surplus cells', async () => {
    const text = 'a,,b\r\n1,x,2\r\n\r\n ,,\r\n"3\nand more",x,4,,\r\n5,x,6,7,,8\r\n';
    expect(await rows(text)).toEqual([
      { record: { a: '1', b: '2' }, row: 2, fault: null },
      { record: { a: '3\nand more', b: '4' }, row: 5, fault: null },
      { record: { a: '5', b: '6' }, row: 6, fault: 'the row has more cells than columns' },
    ]);
  });

  it.each([
    ['1,TV 42" Shop\n2,x', ['TV 42" Shop', 'x']],
    ['1,Bob "Bobby" Smith\n2,x', ['Bob "Bobby" Smith', 'x']],
    ['1,"Bob "Bobby" Smith"\n2,x', ['Bob "Bobby" Smith', 'x']],
    ['1,"Bob ""Bobby"" Smith"\n2,x', ['Bob "Bobby" Smith', 'x']],
    ['1,"Bobby" Smith\n2,x', ['"Bobby" Smith', 'x']],
    ['1, "Ada, Countess" \n2,x', ['Ada, Countess', 'x']],
    ['1,"Ada\n\nCountess"\n2,x', ['Ada\n\nCountess', 'x']],
    ['1,a\r\n2,b\n3,c\r4,d', ['a', 'b', 'c', 'd']],
    ['1,""\n2,""""\n3,"a"', ['', '"', 'a']],
    ["1,'+49 30\n2,''=x\n3,'tis\n4,=x", ['+49 30', "'=x", "'tis", '=x']],
  ])('should read the names in %j', async (lines, expected) => {
    for (const chunk of [1, 5, 1000]) expect(await names(lines, {}, chunk)).toEqual(expected);
    expect((await rows(`id,name\n${lines}`)).every(({ fault }) => fault === null)).toBe(true);
  });

  it('should lose only one line when a quote has no end', async () => {
    const lines = '1,a\n2,"TV 42\n3,b\n4,"c, d"\n5,"e\n6,f\n';
    expect((await rows(`id,name\n${lines}`)).map(({ record, fault }) => [record.id, fault === null])).toEqual([
      ['1', true],
      ['2', false],
      ['3', true],
      ['4', true],
      ['5', false],
      ['6', true],
    ]);
  });

  it('should report rows with a NUL character or invalid bytes and keep the other rows', async () => {
    const bytes = Buffer.concat([Buffer.from('id,name\n1,a\0b\n2,'), Buffer.from([0xff]), Buffer.from('\n3,c\n')]);
    expect(await rows(bytes, { isValidUtf8: false })).toEqual([
      { record: { id: '1', name: 'a\ufffdb' }, row: 2, fault: 'the row contains a NUL character' },
      {
        record: { id: '2', name: '\ufffd' },
        row: 3,
        fault: expect.stringContaining('not valid in the encoding utf-8'),
      },
      { record: { id: '3', name: 'c' }, row: 4, fault: null },
    ]);
    expect((await rows('id,name\n1,\ufffd\n'))[0]!.fault).toBeNull();
  });

  it.each(['utf-16le', 'utf-16be', 'windows-1252', 'shift_jis'] as const)('should decode %s', async (encoding) => {
    const name = encoding === 'shift_jis' ? '山田' : 'Müller €';
    const file = iconv.encode(`id,name\n1,${name}\n`, encoding, { addBOM: encoding.startsWith('utf') });
    for (const chunk of [1, 1000]) expect(await records(file, { encoding }, chunk)).toEqual([{ id: '1', name }]);
  });

  it('should read the last row when the rows before it contain any characters', async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ',', ' ', 'a', '\t', '\0', "'", '='), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), async (lines, chunk) => {
        const found = await rows(`id,name\n${lines.map((line) => `${line}\n`).join('')}last,"row"\n`, {}, chunk);
        const last = found.at(-1)!;
        expect(last.record.name?.includes('row') || last.record.id?.includes('row')).toBe(true);
      }),
    );
  });

  it('should end in time when a large file repeats any pattern', async () => {
    for (const line of ['a,"\n', '"a"b,'.repeat(50), `"a"b${'"",'.repeat(50)}`, '"', '"\n""a', ',', '"",', ' "x" y,']) {
      const file = Buffer.from(`id,name\n${line.repeat(Math.ceil(300_000 / line.length))}\n`);
      await rows(file, {}, 65_536).catch((error: unknown) => expect(error).toBeInstanceOf(UnreadableCsvError));
    }
  }, 30_000);

  it('should read what the writer wrote', async () => {
    const cell = fc.string({
      unit: fc.oneof(fc.constantFrom('"', ',', "'", '=', '+', '-', '@', '\r', '\n', ';', '\t', '\uff0b'), fc.string()),
      maxLength: 6,
    });
    const well = cell.map((text) => text.replaceAll('\0', ''));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(well, well)), async (written) => {
        const text = formatCsvHeader(['a', 'b', 'c']) + formatCsvRows(written.map((cells) => [...cells, 'x']));
        expect(await records(text)).toEqual(written.map(([a, b]) => ({ a, b, c: 'x' })));
      }),
    );
  });

  it('should stop reading the file when the consumer stops', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from('a\n');
      for (; read < 100_000; read += 1) yield Buffer.from(`${'x'.repeat(1000)}\n`);
    }
    const source = Readable.from(endless());
    for await (const { record } of parseCsvRecords(source, { ...UTF8, delimiter: ',' })) if (record.a) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(read).toBeLessThan(10_000);
  });
});
