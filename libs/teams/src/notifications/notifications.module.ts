import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DueDigestScheduler } from './due-digest-scheduler.service.js';
import { MailNotificationsJob } from './mail-notifications.job.js';
import { NotificationMailSender } from './notification-mail-sender.service.js';
import { NotificationMailsRepository } from './notification-mails.repository.js';
import { NotificationPreferencesController } from './notification-preferences.controller.js';
import { NotificationPreferencesEntity } from './notification-preferences.entity.js';
import { NotificationPreferencesRepository } from './notification-preferences.repository.js';
import { NotificationPreferencesService } from './notification-preferences.service.js';
import { NotificationRetentionService } from './notification-retention.service.js';
import { NotificationEntity } from './notification.entity.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([NotificationPreferencesEntity, NotificationEntity])],
  controllers: [NotificationPreferencesController, NotificationsController],
  providers: [
    DueDigestScheduler,
    MailNotificationsJob,
    NotificationMailSender,
    NotificationMailsRepository,
    NotificationPreferencesRepository,
    NotificationPreferencesService,
    NotificationRetentionService,
    NotificationsRepository,
    NotificationsService,
  ],
  exports: [NotificationsService],
})
export class NotificationsModule {}
