import { BooleanField, UuidField, IntegerField, StringField, DateField } from '@parley/kernel/http';
import type { SessionView } from '../session.view.js';

/** Somebody signed in somewhere. */
export class SessionDto {
  @UuidField({ description: 'Id of the session.' })
  id: string;

  @StringField({ description: 'Network address it was used from last.', nullable: true, example: '203.0.113.7' })
  address: string | null;

  @StringField({
    description: 'What the browser or program calls itself.',
    nullable: true,
    max: 300,
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  })
  user_agent: string | null;

  @BooleanField({ description: 'Whether it is the session that asks.', example: true })
  current: boolean;

  @DateField({ description: 'When they signed in.' })
  created_at: string;

  @DateField({ description: 'When it was used last, to about five seconds.' })
  last_used_at: string;

  @DateField({ description: 'When it ends unless its tokens are refreshed before.' })
  expires_at: string;
}

/** What became of other sessions. */
export class RevokedSessionsDto {
  @IntegerField({ description: 'How many sessions were ended.', example: 2, min: 0 })
  revoked: number;
}

/** Puts a session on the wire. */
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
