import { badRequestError, isUuid } from '@parley/kernel';
import { EnumField, UuidField, NestedField, ListQueryField, StringField, DateField } from '@parley/kernel/http';
import { CreatedPageQueryDto, toTimeRange } from '@parley/kernel/pagination';
import { DESCENDING } from '../../lists/dto/list-query.dto.js';
import { FileSummaryDto } from '../../messages/dto/message.dto.js';
import type { FilesFilter, FileView } from '../file.view.js';

/** Folder of a file. */
export class FileFolderRefDto {
  @UuidField({ description: 'ID of the folder.' })
  id: string;

  @StringField({ description: 'Name of the folder.', max: 200, example: 'contracts' })
  name: string;
}

/** Stored file. */
export class FileDto extends FileSummaryDto {
  @NestedField(() => FileFolderRefDto, { description: 'Folder of the file.', nullable: true })
  folder: FileFolderRefDto | null;

  @DateField({ description: 'Time of upload.' })
  created_at: string;
}

/** Folder of an uploaded file. */
export class UploadFileDto {
  @StringField({
    description: 'Name of the folder to store the file in. The folder is created if it does not exist.',
    optional: true,
    min: 1,
    max: 200,
    example: 'contracts',
  })
  folder?: string;
}

/** Fields to update in a file. Omitted fields stay unchanged. */
export class UpdateFileDto {
  @StringField({
    description: 'New file name. Existing messages keep the previous name of the attachment.',
    optional: true,
    min: 1,
    max: 255,
    pattern: /^[^/\\\u0000-\u001f]+$/,
    patternHint: 'must be a file name without slashes',
    example: 'invoice-2026.pdf',
    trim: true,
  })
  name?: string;

  @UuidField({
    description: 'ID of the new folder. Pass `null` to remove the file from its folder.',
    optional: true,
    nullable: true,
    example: null,
  })
  folder_id?: string | null;
}

/** Filter of the list of files. */
export class FileListQueryDto extends CreatedPageQueryDto {
  @StringField({ description: 'Text to find in the file name.', optional: true, max: 200, example: 'invoice' })
  q?: string;

  @StringField({
    description: 'ID of the folder to include, or `none` for files without a folder.',
    optional: true,
    max: 36,
    example: 'none',
  })
  folder?: string;

  @ListQueryField({
    description: 'MIME types to include. The first part of a type, such as `image`, matches all its subtypes.',
    example: 'image,application/pdf',
  })
  mime_type?: string[];

  @EnumField(['asc', 'desc'], DESCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Maps the query to the filter. @throws DomainError BAD_REQUEST for an invalid folder id. */
export function toFilesFilter(query: FileListQueryDto): FilesFilter {
  const { q, folder, mime_type: types } = query;
  if (folder !== undefined && folder !== 'none' && !isUuid(folder))
    throw badRequestError({ folder: ['folder must be a UUID or none'] });
  return { q, folderId: folder === 'none' ? null : folder, types, ...toTimeRange(query) };
}

/** Query parameters of a signed link to the content of a file. */
export class FileContentQueryDto {
  @StringField({
    description: 'Expiry time of the link, in seconds since 1970-01-01 UTC.',
    max: 20,
    example: '1795244400',
  })
  expires: string;

  @StringField({ description: 'Signature of the link.', max: 100, example: 'c2lnbmF0dXJl' })
  signature: string;

  @StringField({ description: 'File name for the download.', optional: true, max: 255, trim: true })
  name?: string;
}

export function toFileDto(file: FileView, url: string): FileDto {
  const { id, name, size, mimeType, width, height, folder, createdAt } = file;
  return { id, name, size, mime_type: mimeType, width, height, url, folder, created_at: createdAt };
}
