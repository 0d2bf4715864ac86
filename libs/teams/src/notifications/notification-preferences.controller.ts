import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, one, Operation, type One, type Principal } from '@parley/kernel';
import { personBehind } from '../users/person.js';
import {
  NotificationPreferencesDto,
  toNotificationPreferencesDto,
  toPreferencesChange,
  UpdateNotificationPreferencesDto,
} from './dto/notification-preferences.dto.js';
import { NotificationPreferencesService } from './notification-preferences.service.js';

/** How the caller wants to be told of things. */
@ApiTags('Teams')
@Controller('v1/me/notification-preferences')
export class NotificationPreferencesController {
  constructor(private readonly preferences: NotificationPreferencesService) {}

  @Get()
  @Operation({
    summary: 'Get my notification preferences',
    description: 'They are of this workspace alone.',
    access: 'signed-in',
    answer: { one: NotificationPreferencesDto },
    errors: ['UNPROCESSABLE'],
  })
  async get(@CurrentPrincipal() principal: Principal): Promise<One<NotificationPreferencesDto>> {
    return one(
      toNotificationPreferencesDto(await this.preferences.get(principal.workspaceId, personBehind(principal))),
    );
  }

  @Patch()
  @Operation({
    summary: 'Change my notification preferences',
    description: 'They hold for what happens from now on.',
    access: 'signed-in',
    answer: { one: NotificationPreferencesDto },
    errors: ['UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() principal: Principal,
    @Body() body: UpdateNotificationPreferencesDto,
  ): Promise<One<NotificationPreferencesDto>> {
    return one(
      toNotificationPreferencesDto(
        await this.preferences.update(principal.workspaceId, personBehind(principal), toPreferencesChange(body)),
      ),
    );
  }
}
