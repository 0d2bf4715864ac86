import { badRequestError, isUuid } from '@parley/kernel';
import { EnumField, UuidField, NestedField, ListQueryField, StringField, DateField } from '@parley/kernel/http';
import { CreatedPageQueryDto, toTimeRange } from '@parley/kernel/pagination';
import { DESCENDING } from '../../lists/dto/list-query.dto.js';
import { FileSummaryDto } from '../../messages/dto/message.dto.js';
import type { FilesFilter, FileView } from '../file.view.js';

/** The folder that a file is in. */
export class FileFolderRefDto {
  @UuidField({ description: 'Id of the folder.' })
  id: string;

  @StringField({ description: 'Name of the folder.', max: 200, example: 'contracts' })
  name: string;
}

/** A stored file. */
export class FileDto extends FileSummaryDto {
  @NestedField(() => FileFolderRefDto, { description: 'The folder that it is in.', nullable: true })
  folder: FileFolderRefDto | null;

  @DateField({ description: 'When it was stored.' })
  created_at: string;
}

/** Where to put an uploaded file. */
export class UploadFileDto {
  @StringField({
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
  @StringField({
    description: 'What it is called from now on. Messages that carry it keep the name that it had.',
    optional: true,
    min: 1,
    max: 255,
    pattern: /^[^/\\\u0000-\u001f]+$/,
    patternHint: 'must be a file name, without slashes',
    example: 'invoice-2026.pdf',
  })
  name?: string;

  @UuidField({
    description: 'Folder to move it to; null takes it out of whichever it is in.',
    optional: true,
    nullable: true,
    example: null,
  })
  folder_id?: string | null;
}

/** Which files to list. */
export class FileListQueryDto extends CreatedPageQueryDto {
  @StringField({ description: 'Only those with this in their name.', optional: true, max: 200, example: 'invoice' })
  q?: string;

  @StringField({
    description: 'Only those in this folder: its id, or `none` for those in no folder.',
    optional: true,
    max: 36,
    example: 'none',
  })
  folder?: string;

  @ListQueryField({ description: 'Only these types, or their first part.', example: 'image,application/pdf' })
  mime_type?: string[];

  @EnumField(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** The filter in the domain's names. @throws DomainError BAD_REQUEST for what is no id. */
export function toFilesFilter(query: FileListQueryDto): FilesFilter {
  const { q, folder, mime_type: types } = query;
  if (folder !== undefined && folder !== 'none' && !isUuid(folder))
    throw badRequestError({ folder: ['folder takes an id or none'] });
  return { q, folderId: folder === 'none' ? null : folder, types, ...toTimeRange(query) };
}

/** The query of a link to a file's content. */
export class FileContentQueryDto {
  @StringField({ description: 'When the link expires, in seconds since 1970.', max: 20, example: '1795244400' })
  expires: string;

  @StringField({ description: 'Proof that the link is ours.', max: 100, example: 'c2lnbmF0dXJl' })
  signature: string;

  @StringField({ description: 'Name to save the file under.', optional: true, max: 255 })
  name?: string;
}

/** Puts a file on the wire. */
export function toFileDto(file: FileView, url: string): FileDto {
  const { id, name, size, mimeType, width, height, folder, createdAt } = file;
  return { id, name, size, mime_type: mimeType, width, height, url, folder, created_at: createdAt };
}
