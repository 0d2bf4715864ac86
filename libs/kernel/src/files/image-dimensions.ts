import { imageSize } from 'image-size';

/** Size of an image as it is shown, in pixels. */
export interface ImageDimensions {
  readonly width: number;
  readonly height: number;
}

/** Image types that are nothing but pixels, in contrast to SVG. */
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
// EXIF orientations that turn the image by a quarter.
const ROTATED_ORIENTATIONS = new Set([5, 6, 7, 8]);

/** The size of a raster image, from its first bytes; null when they do not tell, or it is no image. */
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
