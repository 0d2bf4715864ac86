import { Id, Integer, Text, Time, Url } from '@parley/kernel';
import type { FileView } from '../file.view.js';

/** A stored file. */
export class FileDto {
  @Id({ description: 'Id of the file.' })
  id: string;

  @Text({ description: 'Its name, without folders.', example: 'invoice.pdf' })
  name: string;

  @Integer({ description: 'Bytes.', example: 48213 })
  size: number;

  @Text({ description: 'MIME type, by its bytes rather than its name.', example: 'application/pdf' })
  mime_type: string;

  @Integer({ description: 'Pixels; null for what is no image.', nullable: true, example: null })
  width: number | null;

  @Integer({ description: 'Pixels; null for what is no image.', nullable: true, example: null })
  height: number | null;

  @Url({ description: 'Where the content is. Works without a credential, for about a day.', example: 'http://127.0.0.1:3000/v1/files/0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c/content?expires=1795244400&signature=3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })
  url: string;

  @Time({ description: 'When it was stored.' })
  created_at: string;
}

/** Where to put an uploaded file. */
export class UploadFileDto {
  @Text({ description: 'A folder to file it under.', optional: true, max: 200, example: 'contracts' })
  folder?: string;
}

/** The query of a link to a file's content. */
export class FileContentQueryDto {
  @Text({ description: 'When the link expires, in seconds since 1970.', max: 20, example: '1795244400' })
  expires: string;

  @Text({ description: 'Proof that the link is ours.', max: 100, example: 'c2lnbmF0dXJl' })
  signature: string;

  @Text({ description: 'Name to save the file under.', optional: true, max: 255 })
  name?: string;
}

/** Puts a file on the wire. */
export function toFileDto(file: FileView, url: string): FileDto {
  const { id, name, size, mimeType, width, height, createdAt } = file;
  return { id, name, size, mime_type: mimeType, width, height, url, created_at: createdAt };
}
