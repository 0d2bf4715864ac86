export { type Mail, MailerService } from './mailer.service.js';
