import { imageDimensions } from './image-dimensions.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);
const GIF = Buffer.from('R0lGODlhBQAEAIAAAP///wAAACwAAAAABQAEAAACBISPqVgAOw==', 'base64');

/** Start of a JPEG of 4 by 2 pixels with the given EXIF orientation. */
function jpeg(orientation: number): Buffer {
  const tiff = Buffer.from('49492a0008000000010012010300010000000000000000000000', 'hex');
  tiff.writeUInt16LE(orientation, 18);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  return Buffer.concat([
    Buffer.from('ffd8ffe1', 'hex'),
    length,
    exif,
    Buffer.from('ffc0001108000200040301220002110103110100', 'hex'),
    Buffer.alloc(32),
  ]);
}

describe('imageDimensions', () => {
  it('should return the size of images', () => {
    expect(imageDimensions(PNG, 'image/png')).toEqual({ width: 3, height: 2 });
    expect(imageDimensions(GIF, 'image/gif')).toEqual({ width: 5, height: 4 });
    expect(imageDimensions(jpeg(1), 'image/jpeg')).toEqual({ width: 4, height: 2 });
  });

  it('should apply the orientation of a photo', () => {
    expect(imageDimensions(jpeg(6), 'image/jpeg')).toEqual({ width: 2, height: 4 });
  });

  it('should return null for broken files and other types', () => {
    expect(imageDimensions(PNG.subarray(0, 12), 'image/png')).toBeNull();
    expect(imageDimensions(Buffer.from('<svg width="1" height="1"/>'), 'image/svg+xml')).toBeNull();
    expect(imageDimensions(Buffer.alloc(0), 'image/jpeg')).toBeNull();
  });
});
