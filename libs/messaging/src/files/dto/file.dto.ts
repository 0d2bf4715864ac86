import { Text, Time } from '@parley/kernel';
import { FileCardDto } from '../../messages/dto/message.dto.js';
import type { FileView } from '../file.view.js';

/** A stored file. */
export class FileDto extends FileCardDto {
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
