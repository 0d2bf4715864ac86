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

/** Finds out who stands under a message. */
@Injectable()
export class MessageAuthorResolver {
  constructor(private readonly users: UsersService) {}

  /**
   * The contact under comments; under everything else whom a program speaks for, or whoever acts.
   * @param actorName of whoever acts, as far as it is known.
   * @throws DomainError BAD_REQUEST, UNPROCESSABLE for who is no active user, FORBIDDEN for a user who speaks for somebody else.
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
      throw badRequestError({ author: ["author goes with replies and notes: a comment is the customer's"] });
    return author.type === 'user' ? this.resolveUser(workspaceId, author, actor) : programAuthor(author, actor);
  }

  private async resolveUser(workspaceId: string, { id }: AuthorInput, actor: Actor): Promise<Author> {
    if (id === undefined) throw badRequestError({ 'author.id': ['say which user: author.id'] });
    const user = await this.users.find(workspaceId, id);
    if (user?.status !== 'active')
      throw unprocessableError('There is no active user with this id', { 'author.id': id });
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
  if (name === undefined) throw badRequestError({ 'author.name': [`say what the ${type} is called: author.name`] });
  return { type, id: id ?? (type === 'bot' ? actor.id : null), name };
}

function impersonationForbiddenError(): DomainError {
  return new DomainError('FORBIDDEN', 'Users speak for themselves: only the key of a service may name another author');
}
