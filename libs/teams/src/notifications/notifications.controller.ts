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

/** Notifications of the caller. */
@ApiTags('Notifications')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @Operation({
    summary: 'List notifications',
    description:
      'Returns your notifications in this workspace, newest first. Notifications are deleted after 90 days. Fails ' +
      'with 422 for a service key.',
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
    summary: 'Get the unread notification count',
    description: 'Counts the unread notifications in your list in this workspace. Fails with 422 for a service key.',
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
    summary: 'Mark all notifications as read',
    description:
      'Marks all of your notifications in this workspace as read. Returns the number that were unread. Fails with ' +
      '422 for a service key.',
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
    description: 'Also happens automatically when you read the conversation. Fails with 422 for a service key.',
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
    description: 'The notification counts as unread again but is not mailed again. Fails with 422 for a service key.',
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
    description:
      'Deletes the notification for you only. Notifications of other users and the conversation are not affected. ' +
      'Fails with 422 for a service key.',
    access: 'signed-in',
    response: { empty: true },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async delete(@CurrentPrincipal() principal: Principal, @IdParam() id: string): Promise<void> {
    await this.notifications.delete(principal.workspaceId, requireUserId(principal), id);
  }
}
