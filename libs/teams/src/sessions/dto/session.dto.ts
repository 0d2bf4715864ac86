import { BooleanField, UuidField, IntegerField, StringField, DateField } from '@parley/kernel/http';
import type { SessionView } from '../session.view.js';

/** Session of a signed-in user. */
export class SessionDto {
  @UuidField({ description: 'ID of the session.' })
  id: string;

  @StringField({ description: 'IP address of the last use.', nullable: true, example: '203.0.113.7' })
  address: string | null;

  @StringField({
    description: 'User agent of the browser or client.',
    nullable: true,
    max: 300,
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  })
  user_agent: string | null;

  @BooleanField({ description: 'True if it is the session of this request.', example: true })
  current: boolean;

  @DateField({ description: 'Time of the sign-in.' })
  created_at: string;

  @DateField({ description: 'Time of the last use, accurate to about five seconds.' })
  last_used_at: string;

  @DateField({ description: 'Time at which the session expires unless its tokens are refreshed.' })
  expires_at: string;
}

export class RevokedSessionsDto {
  @IntegerField({ description: 'Number of sessions that were revoked.', example: 2, min: 0 })
  revoked: number;
}

export function toSessionDto(view: SessionView, currentId: string): SessionDto {
  return {
    id: view.id,
    address: view.address,
    user_agent: view.userAgent,
    current: view.id === currentId,
    created_at: view.createdAt,
    last_used_at: view.lastUsedAt,
    expires_at: view.expiresAt,
  };
}
