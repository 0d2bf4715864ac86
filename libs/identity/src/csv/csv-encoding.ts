import { analyse } from 'chardet';

/** Encodings of files, as clients can name them. */
export const CSV_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-15',
  'koi8-r',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];

/** The encoding of a file. */
export interface DetectedEncoding {
  readonly encoding: CsvEncoding;
  /** True if all bytes are valid UTF-8. In other files, U+FFFD stands for bytes that are not valid. */
  readonly isValidUtf8: boolean;
}

const SAMPLE_BYTES = 262_144;
/** Minimum confidence of the detection, in percent. Short texts in Western languages get a lower one. */
const MIN_CONFIDENCE = 30;

/**
 * Detects the encoding of a file: by its byte order mark, by the NUL bytes of UTF-16, UTF-8 if most of its characters
 * beyond ASCII are valid UTF-8, else by the frequency of its characters. Default: Windows-1252.
 */
export async function detectEncoding(chunks: AsyncIterable<Buffer>): Promise<DetectedEncoding> {
  const counter = new Utf8Counter();
  const samples: Buffer[] = [];
  let sampleBytes = 0;
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head.length === 0) head = chunk;
    counter.add(chunk);
    if (sampleBytes < SAMPLE_BYTES && chunk.some((byte) => byte > 0x7f)) {
      samples.push(chunk);
      sampleBytes += chunk.length;
    }
  }
  const { isValid, isLikely } = counter.finish();
  const byOrder = detectUtf16(head);
  if (byOrder) return { encoding: byOrder, isValidUtf8: false };
  if (isLikely) return { encoding: 'utf-8', isValidUtf8: isValid };
  return { encoding: detectByFrequency(Buffer.concat(samples)), isValidUtf8: false };
}

/** Counts the characters beyond ASCII of UTF-8 text, and its errors. */
class Utf8Counter {
  private readonly strict = new TextDecoder('utf-8', { fatal: true });
  private readonly tolerant = new TextDecoder('utf-8');
  private isValid = true;
  private valid = 0;
  private invalid = 0;

  add(chunk: Buffer): void {
    this.count(this.tolerant.decode(chunk, { stream: true }));
    if (this.isValid) this.check(() => this.strict.decode(chunk, { stream: true }));
  }

  /** `isLikely`: most characters beyond ASCII are valid. */
  finish(): { isValid: boolean; isLikely: boolean } {
    this.count(this.tolerant.decode());
    if (this.isValid) this.check(() => this.strict.decode());
    return { isValid: this.isValid, isLikely: this.isValid || this.valid > this.invalid };
  }

  private count(text: string): void {
    const invalid = countMatches(text, /\ufffd/g);
    this.invalid += invalid;
    this.valid += countMatches(text, /[\u0080-\uffff]/g) - invalid;
  }

  private check(decode: () => unknown): void {
    try {
      decode();
    } catch {
      this.isValid = false;
    }
  }
}

/** By the byte order mark, or by the NUL bytes of ASCII characters. */
function detectUtf16(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  const [most, least] = [Math.max(even, odd), Math.min(even, odd)];
  if (most === 0 || most < head.length / 20 || most < 5 * least) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function detectByFrequency(sample: Buffer): CsvEncoding {
  const [best] = analyse(sample);
  const name = best?.name.toLowerCase();
  const isKnown = best !== undefined && best.confidence >= MIN_CONFIDENCE;
  // Windows programs write the Windows form of the ISO encodings.
  const windowsName = name === 'iso-8859-2' ? 'windows-1250' : name;
  const isTurkish = name === 'iso-8859-9' || name === 'windows-1254';
  const found = CSV_ENCODINGS.find((encoding) => encoding === windowsName);
  return isKnown && !isTurkish && found && !found.startsWith('utf') ? found : 'windows-1252';
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
