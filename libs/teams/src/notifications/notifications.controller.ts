import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  listBody,
  one,
  Operation,
  pageRequest,
  timeRangeOf,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { personBehind } from '../users/person.js';
import {
  NotificationDto,
  NotificationListQueryDto,
  ReadNotificationsDto,
  toNotificationDto,
  UnreadNotificationsDto,
} from './dto/notification.dto.js';
import { NotificationsService } from './notifications.service.js';

/** What the caller was told of. */
@ApiTags('Teams')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @Operation({
    summary: 'List my notifications',
    description: 'The newest first. They are kept for 90 days.',
    access: 'signed-in',
    answer: { list: NotificationDto },
    errors: ['UNPROCESSABLE'],
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: NotificationListQueryDto,
  ): Promise<ListBody<NotificationDto>> {
    const [{ workspaceId }, userId] = [principal, personBehind(principal)];
    const filter = { unread: query.unread, kind: query.kind, ...timeRangeOf(query) };
    const request = pageRequest(query, ['notifications', workspaceId, userId, filter]);
    const page = await this.notifications.list(workspaceId, userId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toNotificationDto) });
  }

  @Get('unread-count')
  @Operation({
    summary: 'Count my unread notifications',
    description: 'For a badge: those of this workspace that show in the list.',
    access: 'signed-in',
    answer: { one: UnreadNotificationsDto },
    errors: ['UNPROCESSABLE'],
  })
  async unreadCount(@CurrentPrincipal() principal: Principal): Promise<One<UnreadNotificationsDto>> {
    return one({ unread: await this.notifications.countUnread(principal.workspaceId, personBehind(principal)) });
  }

  @Post('read-all')
  @Operation({
    summary: 'Mark all my notifications as read',
    description: 'Those of this workspace. The answer says how many were unread.',
    access: 'signed-in',
    answer: { one: ReadNotificationsDto },
    errors: ['UNPROCESSABLE'],
  })
  async readAll(@CurrentPrincipal() principal: Principal): Promise<One<ReadNotificationsDto>> {
    return one({ read: await this.notifications.readAll(principal.workspaceId, personBehind(principal)) });
  }

  @Post(':id/read')
  @Operation({
    summary: 'Mark a notification as read',
    description: 'Reading a conversation marks what you were told of it as read too.',
    access: 'signed-in',
    answer: { one: NotificationDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async read(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<One<NotificationDto>> {
    return one(
      toNotificationDto(await this.notifications.mark(principal.workspaceId, personBehind(principal), id, 'read')),
    );
  }

  @Post(':id/unread')
  @Operation({
    summary: 'Mark a notification as unread',
    description: 'It counts and shows as unread again; nobody is mailed of it anew.',
    access: 'signed-in',
    answer: { one: NotificationDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async unread(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<One<NotificationDto>> {
    return one(
      toNotificationDto(await this.notifications.mark(principal.workspaceId, personBehind(principal), id, 'unread')),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a notification',
    description: 'For you alone: others who were told of the same keep theirs, and the conversation stays as it is.',
    access: 'signed-in',
    answer: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async delete(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.notifications.delete(principal.workspaceId, personBehind(principal), id);
  }
}
