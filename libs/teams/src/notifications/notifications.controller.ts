import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { requireUserId } from '../users/principal-user.js';
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
    response: { list: NotificationDto },
    errors: ['UNPROCESSABLE'],
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: NotificationListQueryDto,
  ): Promise<ListResponse<NotificationDto>> {
    const [{ workspaceId }, userId] = [principal, requireUserId(principal)];
    const filter = { unread: query.unread, kind: query.kind, ...toTimeRange(query) };
    const request = parsePageRequest(query, ['notifications', workspaceId, userId, filter]);
    const page = await this.notifications.list(workspaceId, userId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toNotificationDto) });
  }

  @Get('unread-count')
  @Operation({
    summary: 'Count my unread notifications',
    description: 'For a badge: those of this workspace that show in the list.',
    access: 'signed-in',
    response: { item: UnreadNotificationsDto },
    errors: ['UNPROCESSABLE'],
  })
  async countUnread(@CurrentPrincipal() principal: Principal): Promise<ItemResponse<UnreadNotificationsDto>> {
    return toResponse({
      unread: await this.notifications.countUnread(principal.workspaceId, requireUserId(principal)),
    });
  }

  @Post('read-all')
  @Operation({
    summary: 'Mark all my notifications as read',
    description: 'Those of this workspace. The answer says how many were unread.',
    access: 'signed-in',
    response: { item: ReadNotificationsDto },
    errors: ['UNPROCESSABLE'],
  })
  async markAllRead(@CurrentPrincipal() principal: Principal): Promise<ItemResponse<ReadNotificationsDto>> {
    return toResponse({ read: await this.notifications.markAllRead(principal.workspaceId, requireUserId(principal)) });
  }

  @Post(':id/read')
  @Operation({
    summary: 'Mark a notification as read',
    description: 'Reading a conversation marks what you were told of it as read too.',
    access: 'signed-in',
    response: { item: NotificationDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async markRead(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<NotificationDto>> {
    return toResponse(
      toNotificationDto(await this.notifications.mark(principal.workspaceId, requireUserId(principal), id, 'read')),
    );
  }

  @Post(':id/unread')
  @Operation({
    summary: 'Mark a notification as unread',
    description: 'It counts and shows as unread again; nobody is mailed of it anew.',
    access: 'signed-in',
    response: { item: NotificationDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async markUnread(
    @CurrentPrincipal() principal: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<NotificationDto>> {
    return toResponse(
      toNotificationDto(await this.notifications.mark(principal.workspaceId, requireUserId(principal), id, 'unread')),
    );
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete a notification',
    description: 'For you alone: others who were told of the same keep theirs, and the conversation stays as it is.',
    access: 'signed-in',
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async delete(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.notifications.delete(principal.workspaceId, requireUserId(principal), id);
  }
}
