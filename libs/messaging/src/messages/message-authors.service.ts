import { Injectable } from '@nestjs/common';
import { badRequest, currentActor, currentContext, DomainError, unprocessable, type Actor } from '@parley/kernel';
import { UsersService } from '@parley/teams';
import { authorOf } from './message-effects.js';
import type { Author, NewMessage, Speaker } from './message.view.js';

/** Finds out who stands under a message. */
@Injectable()
export class MessageAuthors {
  constructor(private readonly users: UsersService) {}

  /**
   * The contact under comments; under everything else whom a program speaks for, or whoever acts.
   * @param actorName of whoever acts, as far as it is known.
   * @throws DomainError BAD_REQUEST, UNPROCESSABLE for who is no active user, FORBIDDEN for a user who speaks for somebody else.
   */
  async authorOf(
    workspaceId: string,
    { type, author }: Pick<NewMessage, 'type' | 'author'>,
    contact: { id: string; name: string | null },
    actorName: string | null,
  ): Promise<Author> {
    const actor = currentActor();
    if (author === undefined) return authorOf(type, actor, contact, actorName ?? keyName(actor));
    if (type === 'comment')
      throw badRequest({ author: ["author goes with replies and notes: a comment is the customer's"] });
    return author.type === 'user' ? this.user(workspaceId, author, actor) : program(author, actor);
  }

  private async user(workspaceId: string, { id }: Speaker, actor: Actor): Promise<Author> {
    if (id === undefined) throw badRequest({ 'author.id': ['say which user: author.id'] });
    const user = await this.users.find(workspaceId, id);
    if (user?.status !== 'active') throw unprocessable('There is no active user with this id', { 'author.id': id });
    if (actor.kind === 'user' && actor.id !== user.id) throw ownNameOnly();
    return { type: 'user', id: user.id, name: user.name };
  }
}

function keyName({ kind, id }: Actor): string | null {
  const principal = currentContext()?.principal;
  return kind === 'api_key' && principal?.credentialId === id ? (principal.name ?? null) : null;
}

function program({ type, id, name }: Speaker, actor: Actor): Author {
  if (actor.kind === 'user') throw ownNameOnly();
  if (name === undefined) throw badRequest({ 'author.name': [`say what the ${type} is called: author.name`] });
  return { type, id: id ?? (type === 'bot' ? actor.id : null), name };
}

function ownNameOnly(): DomainError {
  return new DomainError('FORBIDDEN', 'Users speak for themselves: only the key of a service may name another author');
}
