import { EnumField, UuidField, IntegerField, StringField, DateField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import type { FileFolderView } from '../folders/file-folder.view.js';

/** Folder of files. */
export class FileFolderDto {
  @UuidField({ description: 'ID of the folder.' })
  id: string;

  @StringField({
    description: 'Name. Case-insensitive and unique within the workspace.',
    max: 200,
    example: 'contracts',
  })
  name: string;

  @IntegerField({ description: 'Number of files in the folder.', example: 3 })
  files_count: number;

  @IntegerField({
    description: 'Version for optimistic locking; also returned as `ETag`. Incremented by each update.',
    example: 1,
  })
  version: number;

  @DateField({ description: 'Time of creation.' })
  created_at: string;

  @DateField({ description: 'Time of the last update.' })
  updated_at: string;
}

/** Name of a folder. */
export class WriteFileFolderDto {
  @StringField({
    description: 'Name. Case-insensitive and unique within the workspace.',
    min: 1,
    max: 200,
    example: 'contracts',
    trim: true,
  })
  name: string;
}

/** Filter of the list of folders. */
export class FileFolderListQueryDto extends TimedPageQueryDto {
  @StringField({ description: 'Text to find in the name.', optional: true, max: 200, example: 'contr' })
  q?: string;

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

export function toFileFolderDto(folder: FileFolderView): FileFolderDto {
  return {
    id: folder.id,
    name: folder.name,
    files_count: folder.filesCount,
    version: folder.version,
    created_at: folder.createdAt,
    updated_at: folder.updatedAt,
  };
}
