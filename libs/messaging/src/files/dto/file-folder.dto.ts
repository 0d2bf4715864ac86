import { EnumField, UuidField, IntegerField, StringField, DateField } from '@parley/kernel/http';
import { TimedPageQueryDto } from '@parley/kernel/pagination';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import type { FileFolderView } from '../folders/file-folder.view.js';

/** A folder that files are kept in. */
export class FileFolderDto {
  @UuidField({ description: 'Id of the folder.' })
  id: string;

  @StringField({ description: 'Name, unique in the workspace regardless of case.', max: 200, example: 'contracts' })
  name: string;

  @IntegerField({ description: 'How many files are in it.', example: 3 })
  files_count: number;

  @IntegerField({ description: 'Grows with each change; also the `ETag`.', example: 1 })
  version: number;

  @DateField({ description: 'When it was made.' })
  created_at: string;

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}

/** What a folder is called. */
export class WriteFileFolderDto {
  @StringField({
    description: 'Name, unique in the workspace regardless of case.',
    min: 1,
    max: 200,
    example: 'contracts',
  })
  name: string;
}

/** Which folders to list. */
export class FileFolderListQueryDto extends TimedPageQueryDto {
  @StringField({ description: 'Only those with this in their name.', optional: true, max: 200, example: 'contr' })
  q?: string;

  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Puts a folder on the wire. */
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
