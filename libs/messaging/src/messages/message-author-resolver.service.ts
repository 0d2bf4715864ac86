import { Injectable } from '@nestjs/common';
import {
  badRequestError,
  currentActor,
  currentContext,
  DomainError,
  unprocessableError,
  type Actor,
} from '@parley/kernel';
import { UsersService } from '@parley/teams';
import { defaultAuthor } from './message-effects.js';
import type { Author, CreateMessageInput, AuthorInput } from './message.view.js';

/** Determines the author of a message. */
@Injectable()
export class MessageAuthorResolver {
  constructor(private readonly users: UsersService) {}

  /**
   * Returns the contact as the author of comments; otherwise the requested author or the current actor.
   * @param actorName display name of the actor, if known.
   * @throws DomainError BAD_REQUEST, UNPROCESSABLE for a user who is not active, FORBIDDEN for a user who sets another
   * author.
   */
  async resolve(
    workspaceId: string,
    { type, author }: Pick<CreateMessageInput, 'type' | 'author'>,
    contact: { id: string; name: string | null },
    actorName: string | null,
  ): Promise<Author> {
    const actor = currentActor();
    if (author === undefined) return defaultAuthor(type, actor, contact, actorName ?? apiKeyName(actor));
    if (type === 'comment')
      throw badRequestError({
        author: ['author is only allowed for replies and notes. The author of a comment is the contact'],
      });
    return author.type === 'user' ? this.resolveUser(workspaceId, author, actor) : programAuthor(author, actor);
  }

  private async resolveUser(workspaceId: string, { id }: AuthorInput, actor: Actor): Promise<Author> {
    if (id === undefined) throw badRequestError({ 'author.id': ['author.id is required for the type user'] });
    const user = await this.users.find(workspaceId, id);
    if (user?.status !== 'active') throw unprocessableError('No active user with this ID exists', { 'author.id': id });
    if (actor.kind === 'user' && actor.id !== user.id) throw impersonationForbiddenError();
    return { type: 'user', id: user.id, name: user.name };
  }
}

function apiKeyName({ kind, id }: Actor): string | null {
  const principal = currentContext()?.principal;
  return kind === 'api_key' && principal?.credentialId === id ? (principal.name ?? null) : null;
}

function programAuthor({ type, id, name }: AuthorInput, actor: Actor): Author {
  if (actor.kind === 'user') throw impersonationForbiddenError();
  if (name === undefined) throw badRequestError({ 'author.name': [`author.name is required for the type ${type}`] });
  return { type, id: id ?? (type === 'bot' ? actor.id : null), name };
}

function impersonationForbiddenError(): DomainError {
  return new DomainError('FORBIDDEN', 'Only service keys can set another author');
}
