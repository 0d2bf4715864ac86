import { imageSize } from 'image-size';

/** Size of an image as displayed, in pixels. */
export interface ImageDimensions {
  readonly width: number;
  readonly height: number;
}

/** Raster image types. Excludes SVG, which can contain scripts. */
export const RASTER_IMAGES: ReadonlySet<string> = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/heic',
  'image/heif',
  'image/bmp',
  'image/tiff',
  'image/x-icon',
  'image/vnd.microsoft.icon',
]);
// EXIF orientations that rotate the image by a quarter turn.
const ROTATED_ORIENTATIONS = new Set([5, 6, 7, 8]);

/** Reads the size of a raster image from its first bytes; null if it cannot be determined. */
export function imageDimensions(head: Buffer, type: string): ImageDimensions | null {
  if (!RASTER_IMAGES.has(type)) return null;
  try {
    const { width, height, orientation } = imageSize(head);
    if (!(width > 0 && height > 0)) return null;
    return orientation !== undefined && ROTATED_ORIENTATIONS.has(orientation)
      ? { width: height, height: width }
      : { width, height };
  } catch {
    return null;
  }
}
