import { EnumField, UuidField, StringField, DateField, UrlField } from '@parley/kernel/http';
import { CreatedPageQueryDto } from '@parley/kernel/pagination';
import { UserIdOrMeField } from '@parley/teams';
import { ASCENDING } from '../../lists/dto/list-query.dto.js';
import type { ParticipantView } from '../participant.view.js';

/** User who follows a conversation. */
export class ParticipantDto {
  @UuidField({ description: 'ID of the user.' })
  id: string;

  @StringField({ description: "User's name.", nullable: true, example: 'Sarah Chen' })
  name: string | null;

  @UrlField({ description: "URL of the user's avatar.", nullable: true, example: null })
  avatar_url: string | null;

  @DateField({ description: 'Time the user was added.' })
  created_at: string;
}

/** Filter and page of the list of participants. */
export class ParticipantListQueryDto extends CreatedPageQueryDto {
  @EnumField(['asc', 'desc'], ASCENDING)
  declare order_dir?: 'asc' | 'desc';
}

/** User to add as a participant. */
export class AddParticipantDto {
  @UserIdOrMeField({ description: 'ID of the user, or `me`.' })
  user_id: string;
}

export function toParticipantDto({ userId, name, avatarUrl, createdAt }: ParticipantView): ParticipantDto {
  return { id: userId, name, avatar_url: avatarUrl, created_at: createdAt };
}
