import { defineEvent, type Changed } from '@parley/kernel/events';

// Personal canned responses and views have no events, because only their owner has access to them. Sharing one is its
// creation for everyone else, and making it personal its deletion.

/** Visibility of a shared object. */
interface SharedEventData {
  readonly visibility: string;
  readonly team_id: string | null;
}

export class CannedResponseCreated extends defineEvent<SharedEventData & { readonly shortcut: string }>(
  'canned_response.created',
  {
    description: 'A canned response was created for the workspace or a team.',
    fields: ['visibility', 'team_id', 'shortcut'],
  },
) {}

export class CannedResponseUpdated extends defineEvent<{ readonly shortcut: string; readonly changed: Changed }>(
  'canned_response.updated',
  {
    description: 'A shared canned response was changed.',
    fields: ['shortcut', 'changed'],
  },
) {}

export class CannedResponseDeleted extends defineEvent<SharedEventData & { readonly shortcut: string }>(
  'canned_response.deleted',
  {
    description: 'A shared canned response was deleted or became personal.',
    fields: ['visibility', 'team_id', 'shortcut'],
  },
) {}

export class SavedViewCreated extends defineEvent<SharedEventData & { readonly name: string }>('saved_view.created', {
  description: 'A saved view was created for the workspace or a team.',
  fields: ['visibility', 'team_id', 'name'],
}) {}

export class SavedViewUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'saved_view.updated',
  {
    description: 'A shared view was changed.',
    fields: ['name', 'changed'],
  },
) {}

export class SavedViewDeleted extends defineEvent<SharedEventData & { readonly name: string }>('saved_view.deleted', {
  description: 'A shared view was deleted or became personal.',
  fields: ['visibility', 'team_id', 'name'],
}) {}

export class QuickReplyCreated extends defineEvent<{ readonly title: string; readonly inbox_id: string | null }>(
  'quick_reply.created',
  { description: 'A quick reply was created.', fields: ['title', 'inbox_id'] },
) {}

export class QuickReplyUpdated extends defineEvent<{ readonly title: string; readonly changed: Changed }>(
  'quick_reply.updated',
  {
    description: 'A quick reply was changed.',
    fields: ['title', 'changed'],
  },
) {}

export class QuickReplyDeleted extends defineEvent<{ readonly title: string; readonly inbox_id: string | null }>(
  'quick_reply.deleted',
  { description: 'A quick reply was deleted.', fields: ['title', 'inbox_id'] },
) {}

export class FileUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>('file.updated', {
  description: 'A file was renamed or moved to another folder.',
  fields: ['name', 'changed'],
}) {}

export class FileDeleted extends defineEvent<{ readonly name: string }>('file.deleted', {
  description: 'A file was deleted.',
  fields: ['name'],
}) {}

export class FileFolderCreated extends defineEvent<{ readonly name: string }>('file_folder.created', {
  description: 'A folder of files was created.',
  fields: ['name'],
}) {}

export class FileFolderUpdated extends defineEvent<{ readonly name: string; readonly changed: Changed }>(
  'file_folder.updated',
  {
    description: 'A folder of files was renamed.',
    fields: ['name', 'changed'],
  },
) {}

export class FileFolderDeleted extends defineEvent<{ readonly name: string }>('file_folder.deleted', {
  description: 'A folder of files was deleted.',
  fields: ['name'],
}) {}
