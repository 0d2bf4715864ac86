import { Injectable } from '@nestjs/common';
import { Clock, notFound, UnitOfWork, type Page, type PageRequest, type TimeRange } from '@parley/kernel';
import { UsersService } from '@parley/teams';
import { ConversationsService } from '../conversations/conversations.service.js';
import type { ParticipantView } from './participant.view.js';
import { ParticipantsRepository } from './participants.repository.js';
import { Participation } from './participation.service.js';

/** Users who follow conversations. */
@Injectable()
export class ParticipantsService {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly participation: Participation,
    private readonly conversations: ConversationsService,
    private readonly users: UsersService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError NOT_FOUND */
  async list(
    workspaceId: string,
    conversationId: string,
    times: TimeRange,
    request: PageRequest,
  ): Promise<Page<ParticipantView>> {
    await this.conversations.get(workspaceId, conversationId);
    return this.participants.list(workspaceId, conversationId, times, request);
  }

  /** Lets a user follow a conversation; nothing changes when they do already. @throws DomainError NOT_FOUND, UNPROCESSABLE for who is no active member */
  add(workspaceId: string, conversationId: string, userId: string): Promise<ParticipantView> {
    return this.unitOfWork.run(async () => {
      const conversation = await this.conversations.get(workspaceId, conversationId);
      await this.users.assertActive(workspaceId, userId);
      await this.participation.join(workspaceId, conversation, [userId], 'added', this.clock.now().toISOString());
      return (await this.participants.find(workspaceId, conversationId, userId))!;
    });
  }

  /** Takes a user out; they follow again once they take part again. @throws DomainError NOT_FOUND */
  remove(workspaceId: string, conversationId: string, userId: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const conversation = await this.conversations.get(workspaceId, conversationId);
      const left = await this.participation.leave(workspaceId, conversation, [userId]);
      if (left.length === 0) throw notFound('Participant');
    });
  }
}
