import { EmailField, UuidField, IntegerField, NestedListField, StringField } from '@parley/kernel/http';
import { MAX_PASSWORD_LENGTH, PASSWORD_RULE, MIN_PASSWORD_LENGTH } from '../../passwords/password-policy.js';
import { SecondFactorProofDto } from '../../second-factor/dto/second-factor.dto.js';
import type { SignInView } from '../sign-in-tokens.service.js';

export class RegisterDto {
  @StringField({ description: 'Name of the new workspace.', min: 1, max: 120, example: 'Acme Support', trim: true })
  workspace_name: string;

  @StringField({ description: 'Full name of the owner.', min: 1, max: 120, example: 'Sarah Chen', trim: true })
  name: string;

  @EmailField({ description: 'E-mail with which the owner signs in.', example: 'sarah@acme.example', signIn: true })
  email: string;

  @StringField({
    description: `Password of the owner. ${PASSWORD_RULE}`,
    min: MIN_PASSWORD_LENGTH,
    max: MAX_PASSWORD_LENGTH,
    example: 'correct horse battery',
  })
  password: string;
}

export class LoginDto extends SecondFactorProofDto {
  @EmailField({ description: 'E-mail of the account.', example: 'sarah@acme.example', signIn: true })
  email: string;

  @StringField({
    description: 'Password of the account.',
    min: 1,
    max: MAX_PASSWORD_LENGTH,
    example: 'correct horse battery',
  })
  password: string;

  @UuidField({
    description:
      'ID of the workspace to sign in to. Default: the workspace that you joined first among those that allow ' +
      'passwords.',
    optional: true,
  })
  workspace_id?: string;
}

export class RefreshDto {
  @StringField({
    description: 'Refresh token from the last sign-in or refresh. It works once.',
    min: 10,
    max: 200,
    example: 'rt_3q2-7wAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  refresh_token: string;
}

/** Workspace that a user can sign in to. */
export class SignInWorkspaceDto {
  @UuidField({ description: 'ID of the workspace.' })
  id: string;

  @StringField({ description: 'Name of the workspace.', example: 'Acme Support' })
  name: string;
}

/** Tokens of a session. */
export class SignInDto {
  @StringField({
    description: 'JWT for the `Authorization` header.',
    max: 4000,
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIwMTk4In0.c2lnbmF0dXJl',
  })
  access_token: string;

  @StringField({ description: 'Always `Bearer`.', example: 'Bearer' })
  token_type: string;

  @IntegerField({ description: 'Lifetime of the access token in seconds.', example: 900 })
  expires_in_seconds: number;

  @StringField({
    description: 'Token for `POST /v1/auth/refresh`. It works once.',
    example: 'rt_3q2-7wAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  })
  refresh_token: string;

  @UuidField({ description: 'ID of the workspace of the session.' })
  workspace_id: string;

  @UuidField({ description: 'ID of the signed-in user.' })
  user_id: string;

  @NestedListField(() => SignInWorkspaceDto, {
    description:
      'Workspaces that the user can sign in to with the same proof of identity: all of their workspaces after a ' +
      'password, only the workspace of the provider after single sign-on.',
  })
  workspaces: SignInWorkspaceDto[];
}

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
