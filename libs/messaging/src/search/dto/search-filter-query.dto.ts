import { badRequestError, isUuid } from '@parley/kernel';
import { DateField, ListQueryField, StringField, UuidField } from '@parley/kernel/http';
import type { SearchFilter } from '../search-filter.js';

/** Filter parameters of the search for conversations and messages. */
export class SearchFilterQueryDto {
  @ListQueryField({
    description: 'Conversation statuses. Applies to conversations and messages only.',
    example: 'open,pending',
  })
  status?: string[];

  @UuidField({ description: 'ID of an inbox. Applies to conversations and messages only.', optional: true })
  inbox?: string;

  @StringField({
    description: 'ID of the assigned user, or `me`. Applies to conversations and messages only.',
    optional: true,
    max: 36,
    example: 'me',
  })
  assignee?: string;

  @UuidField({ description: 'ID of a contact. Applies to conversations and messages only.', optional: true })
  contact?: string;

  @DateField({ description: 'Only conversations and messages created at or after this time.', optional: true })
  created_after?: string;

  @DateField({ description: 'Only conversations and messages created before this time.', optional: true })
  created_before?: string;
}

/**
 * Maps the parameters to the filter; `me` is the calling user, or null for a service key.
 * @throws DomainError BAD_REQUEST for an invalid assignee.
 */
export function toSearchFilter(query: SearchFilterQueryDto, me: string | null): SearchFilter {
  const { assignee } = query;
  if (assignee === 'me' && me === null)
    throw badRequestError({
      assignee: ['assignee cannot be "me" because a service key has no user; use the ID of a user'],
    });
  if (assignee !== undefined && assignee !== 'me' && !isUuid(assignee))
    throw badRequestError({ assignee: ['assignee must be a UUID or "me"'] });
  return {
    status: query.status,
    inbox: query.inbox,
    assignee: assignee === 'me' ? me! : assignee,
    contact: query.contact,
    createdAfter: query.created_after,
    createdBefore: query.created_before,
  };
}
