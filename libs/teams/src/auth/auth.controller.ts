import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, one, Operation, type One, type Principal } from '@parley/kernel';
import type { FastifyRequest } from 'fastify';
import { AuthService } from './auth.service.js';
import { deviceOf } from './device-of.js';
import { LoginDto, RefreshDto, RegisterDto, SignInDto, toSignInDto } from './dto/auth.dto.js';
import { LoginService } from './login.service.js';

/** Registering, signing in and out. */
@ApiTags('Teams')
@Controller('v1/auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly logins: LoginService,
  ) {}

  @Post('register')
  @Operation({
    summary: 'Register a workspace',
    description: 'Makes a workspace with you as its owner, where the server allows it (`PARLEY_SIGNUP=open`).',
    access: 'public',
    answer: { one: SignInDto, status: 201 },
    errors: ['FORBIDDEN', 'CONFLICT'],
    rate: 'register',
  })
  async register(@Body() body: RegisterDto, @Req() request: FastifyRequest): Promise<One<SignInDto>> {
    const { workspace_name: workspaceName, name, email, password } = body;
    return one(toSignInDto(await this.auth.register({ workspaceName, name, email, password }, deviceOf(request))));
  }

  @Post('login')
  @Operation({
    summary: 'Sign in',
    description:
      'After five wrong tries for one account the next one has to wait, 15 seconds at first and up to 15 minutes: the answer is 429 with `Retry-After`, whether or not there is such an account.\n\nWhere the user has a second factor on and the call shows none, the answer is 401 with `details.second_factor_required`: call again with `totp_code` or `recovery_code` beside the password.',
    access: 'public',
    answer: { one: SignInDto },
    errors: ['UNAUTHORIZED', 'FORBIDDEN'],
    rate: 'sign_in',
  })
  async login(@Body() body: LoginDto, @Req() request: FastifyRequest): Promise<One<SignInDto>> {
    const {
      email,
      password,
      workspace_id: workspaceId = null,
      totp_code: totpCode,
      recovery_code: recoveryCode,
    } = body;
    return one(
      toSignInDto(
        await this.logins.login(
          { email, password, workspaceId, secondFactor: { totpCode, recoveryCode } },
          deviceOf(request),
        ),
      ),
    );
  }

  @Post('refresh')
  @Operation({
    summary: 'Refresh the tokens',
    description: 'Each refresh token works once; using one a second time ends its session.',
    access: 'public',
    answer: { one: SignInDto },
    errors: ['UNAUTHORIZED'],
    rate: 'register',
  })
  async refresh(@Body() body: RefreshDto): Promise<One<SignInDto>> {
    return one(toSignInDto(await this.auth.refresh(body.refresh_token)));
  }

  @Post('logout')
  @Operation({
    summary: 'Sign out',
    description: 'Ends the session: its access token and refresh token stop working.',
    access: 'signed-in',
    answer: { empty: true },
    errors: ['UNPROCESSABLE'],
  })
  async logout(@CurrentPrincipal() principal: Principal): Promise<void> {
    await this.auth.logout(principal);
  }
}
