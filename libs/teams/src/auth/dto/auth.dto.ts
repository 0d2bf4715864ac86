import { EmailField, UuidField, IntegerField, NestedListField, StringField } from '@parley/kernel/http';
import { MAX_PASSWORD_LENGTH, PASSWORD_RULE, MIN_PASSWORD_LENGTH } from '../../passwords/password-policy.js';
import { SecondFactorProofDto } from '../../second-factor/dto/second-factor.dto.js';
import type { SignInView } from '../sign-in-tokens.service.js';

/** What a registration needs. */
export class RegisterDto {
  @StringField({ description: 'Name of the new workspace.', min: 1, max: 120, example: 'Acme Support' })
  workspace_name: string;

  @StringField({ description: 'Full name of its owner.', min: 1, max: 120, example: 'Sarah Chen' })
  name: string;

  @EmailField({ description: 'Login of its owner.', example: 'sarah@acme.example' })
  email: string;

  @StringField({
    description: `Password of its owner. ${PASSWORD_RULE}`,
    min: MIN_PASSWORD_LENGTH,
    max: MAX_PASSWORD_LENGTH,
    example: 'correct horse battery',
  })
  password: string;
}

/** How to sign in. */
export class LoginDto extends SecondFactorProofDto {
  @EmailField({ description: 'Your login.', example: 'sarah@acme.example' })
  email: string;

  @StringField({ description: 'Your password.', min: 1, max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  password: string;

  @UuidField({
    description: 'Which of your workspaces to sign in to; by default the one that you joined first.',
    optional: true,
  })
  workspace_id?: string;
}

/** How to get new tokens. */
export class RefreshDto {
  @StringField({
    description: 'The refresh token that came last. It can be used once.',
    min: 10,
    max: 200,
    example: 'rt_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  refresh_token: string;
}

/** A workspace that one can sign in to. */
export class SignInWorkspaceDto {
  @UuidField({ description: 'Id of the workspace.' })
  id: string;

  @StringField({ description: 'Its name.', example: 'Acme Support' })
  name: string;
}

/** What a client keeps after signing in. */
export class SignInDto {
  @StringField({
    description: 'JWT for the `Authorization` header.',
    max: 4000,
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIwMTk4In0.c2lnbmF0dXJl',
  })
  access_token: string;

  @StringField({ description: 'Always `Bearer`.', example: 'Bearer' })
  token_type: string;

  @IntegerField({ description: 'Seconds that the access token is good for.', example: 900 })
  expires_in_seconds: number;

  @StringField({
    description: 'Gives new tokens at `POST /v1/auth/refresh`, once.',
    example: 'rt_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  refresh_token: string;

  @UuidField({ description: 'The workspace that the tokens belong to.' })
  workspace_id: string;

  @UuidField({ description: 'The user who signed in.' })
  user_id: string;

  @NestedListField(() => SignInWorkspaceDto, {
    description:
      'Every workspace that the user can sign in to with what they have shown: after a password all of theirs, after a provider its own.',
  })
  workspaces: SignInWorkspaceDto[];
}

/** Puts it on the wire. */
export function toSignInDto(view: SignInView): SignInDto {
  return {
    access_token: view.accessToken,
    token_type: 'Bearer',
    expires_in_seconds: view.expiresInSeconds,
    refresh_token: view.refreshToken,
    workspace_id: view.workspaceId,
    user_id: view.userId,
    workspaces: view.workspaces.map(({ id, name }) => ({ id, name })),
  };
}
