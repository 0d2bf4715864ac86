import { EnumField, UuidField, StringField, DateField, UrlField } from '@parley/kernel/http';
import { CreatedPageQueryDto } from '@parley/kernel/pagination';
import { UserIdOrMeField } from '../../conversations/dto/user-or-me.js';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import type { ParticipantView } from '../participant.view.js';

/** A user who follows a conversation. */
export class ParticipantDto {
  @UuidField({ description: 'Id of the user.' })
  id: string;

  @StringField({ description: 'Name.', nullable: true, example: 'Sarah Chen' })
  name: string | null;

  @UrlField({ description: 'Picture.', nullable: true, example: null })
  avatar_url: string | null;

  @DateField({ description: 'Since when they follow it.' })
  created_at: string;
}

/** Which page of participants. */
export class ParticipantListQueryDto extends CreatedPageQueryDto {
  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** Who is to follow a conversation. */
export class AddParticipantDto {
  @UserIdOrMeField({ description: 'The user: an id, or `me`.' })
  user_id: string;
}

/** Puts a participant on the wire. */
export function toParticipantDto({ userId, name, avatarUrl, createdAt }: ParticipantView): ParticipantDto {
  return { id: userId, name, avatar_url: avatarUrl, created_at: createdAt };
}
