import {
  badRequest,
  Choice,
  CreatedPageQueryDto,
  Id,
  isUuid,
  Nested,
  QueryList,
  Text,
  Time,
  timeRangeOf,
} from '@parley/kernel';
import { DESCENDING } from '../../lists/dto/list-query.dto.js';
import { FileCardDto } from '../../messages/dto/message.dto.js';
import type { FilesFilter, FileView } from '../file.view.js';

/** The folder that a file is in. */
export class FileFolderRefDto {
  @Id({ description: 'Id of the folder.' })
  id: string;

  @Text({ description: 'Name of the folder.', max: 200, example: 'contracts' })
  name: string;
}

/** A stored file. */
export class FileDto extends FileCardDto {
  @Nested(() => FileFolderRefDto, { description: 'The folder that it is in.', nullable: true })
  folder: FileFolderRefDto | null;

  @Time({ description: 'When it was stored.' })
  created_at: string;
}

/** Where to put an uploaded file. */
export class UploadFileDto {
  @Text({
    description: 'Name of a folder to file it under; one that is not there yet is made.',
    optional: true,
    min: 1,
    max: 200,
    example: 'contracts',
  })
  folder?: string;
}

/** What to change about a file; what is left out stays as it is. */
export class UpdateFileDto {
  @Text({
    description: 'What it is called from now on. Messages that carry it keep the name that it had.',
    optional: true,
    min: 1,
    max: 255,
    pattern: /^[^/\\\u0000-\u001f]+$/,
    patternHint: 'must be a file name, without slashes',
    example: 'invoice-2026.pdf',
  })
  name?: string;

  @Id({
    description: 'Folder to move it to; null takes it out of whichever it is in.',
    optional: true,
    nullable: true,
    example: null,
  })
  folder_id?: string | null;
}

/** Which files to list. */
export class FileListQueryDto extends CreatedPageQueryDto {
  @Text({ description: 'Only those with this in their name.', optional: true, max: 200, example: 'invoice' })
  q?: string;

  @Text({
    description: 'Only those in this folder: its id, or `none` for those in no folder.',
    optional: true,
    max: 36,
    example: 'none',
  })
  folder?: string;

  @QueryList({ description: 'Only these types, or their first part.', example: 'image,application/pdf' })
  mime_type?: string[];

  @Choice(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** The filter in the domain's names. @throws DomainError BAD_REQUEST for what is no id. */
export function toFilesFilter(query: FileListQueryDto): FilesFilter {
  const { q, folder, mime_type: types } = query;
  if (folder !== undefined && folder !== 'none' && !isUuid(folder))
    throw badRequest({ folder: ['folder takes an id or none'] });
  return { q, folderId: folder === 'none' ? null : folder, types, ...timeRangeOf(query) };
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
  const { id, name, size, mimeType, width, height, folder, createdAt } = file;
  return { id, name, size, mime_type: mimeType, width, height, url, folder, created_at: createdAt };
}
