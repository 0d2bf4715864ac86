import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { toResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { requireUserId } from '../users/principal-user.js';
import {
  NotificationPreferencesDto,
  toNotificationPreferencesDto,
  toUpdateNotificationPreferencesInput,
  UpdateNotificationPreferencesDto,
} from './dto/notification-preferences.dto.js';
import { NotificationPreferencesService } from './notification-preferences.service.js';

/** Notification preferences of the caller. */
@ApiTags('Notifications')
@Controller('v1/me/notification-preferences')
export class NotificationPreferencesController {
  constructor(private readonly preferences: NotificationPreferencesService) {}

  @Get()
  @Operation({
    summary: "Get the current user's notification preferences",
    description: 'Preferences apply to the current workspace only. Fails with 422 for a service key.',
    access: 'signed-in',
    response: { item: NotificationPreferencesDto },
    errors: ['UNPROCESSABLE'],
  })
  async get(@CurrentPrincipal() principal: Principal): Promise<ItemResponse<NotificationPreferencesDto>> {
    return toResponse(
      toNotificationPreferencesDto(await this.preferences.get(principal.workspaceId, requireUserId(principal))),
    );
  }

  @Patch()
  @Operation({
    summary: "Update the current user's notification preferences",
    description: 'Changes apply to future notifications. Fails with 422 for a service key.',
    access: 'signed-in',
    response: { item: NotificationPreferencesDto },
    errors: ['UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @Body() body: UpdateNotificationPreferencesDto,
  ): Promise<ItemResponse<NotificationPreferencesDto>> {
    return toResponse(
      toNotificationPreferencesDto(
        await this.preferences.update(
          principal.workspaceId,
          requireUserId(principal),
          toUpdateNotificationPreferencesInput(body),
        ),
      ),
    );
  }
}
