import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  IdParam,
  IfMatch,
  listBody,
  one,
  oneChanged,
  Operation,
  pageRequest,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { ConversationAssignment } from './conversation-assignment.service.js';
import { ConversationEdits } from './conversation-edit.service.js';
import { ConversationIntake } from './conversation-intake.service.js';
import { ConversationsService } from './conversations.service.js';
import { ConversationListQueryDto, toConversationsFilter } from './dto/conversation-list-query.dto.js';
import { ConversationDto, toConversationDto } from './dto/conversation.dto.js';
import { CreateConversationDto, toConversationToBegin } from './dto/create-conversation.dto.js';
import {
  AssignConversationDto,
  SnoozeConversationDto,
  toConversationEdit,
  UpdateConversationDto,
} from './dto/edit-conversation.dto.js';
import { userOrMe } from './dto/user-or-me.js';

/** Conversations with customers. */
@ApiTags('Messaging')
@Controller('v1/conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly intake: ConversationIntake,
    private readonly edits: ConversationEdits,
    private readonly assignment: ConversationAssignment,
  ) {}

  @Get()
  @Operation({
    summary: 'List conversations',
    description: 'The most recently active first, unless told otherwise.',
    access: 'conversations:read',
    answer: { list: ConversationDto },
  })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ConversationListQueryDto,
  ): Promise<ListBody<ConversationDto>> {
    const filter = toConversationsFilter(query, principal);
    const orderBy = query.order_by ?? 'last_activity_at';
    const request = pageRequest(query, ['conversations', principal.workspaceId, filter, orderBy]);
    const page = await this.conversations.list(principal.workspaceId, filter, orderBy, request);
    return listBody(request, { ...page, items: page.items.map(toConversationDto) });
  }

  @Post()
  @Operation({
    summary: 'Begin a conversation',
    description: 'Finds or makes the contact, and says the first message if there is one.',
    access: 'conversations:write',
    answer: { one: ConversationDto, status: 201 },
    errors: ['CONFLICT', 'UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @Body() body: CreateConversationDto,
  ): Promise<One<ConversationDto>> {
    return one(toConversationDto(await this.intake.begin(workspaceId, toConversationToBegin(body, userId))));
  }

  @Get(':id')
  @Operation({
    summary: 'Get a conversation',
    description:
      'As it stands, with the newest message in short; what was said is in `GET …/messages`. One that was merged leads on by `merged_into`.',
    access: 'conversations:read',
    answer: { one: ConversationDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<ConversationDto>> {
    return one(toConversationDto(await this.conversations.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change a conversation',
    description: 'All of it or nothing; one event tells of all that changed.',
    access: 'conversations:write',
    answer: { one: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async update(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateConversationDto,
    @IfMatch() version: number | null,
  ): Promise<One<ConversationDto>> {
    return oneChanged(this.edits.edit(workspaceId, id, toConversationEdit(body, userId), version), toConversationDto);
  }

  @Post(':id/resolve')
  @Operation({
    summary: 'Resolve a conversation',
    description: 'It reopens when the customer writes again.',
    access: 'conversations:write',
    answer: { one: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async resolve(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<One<ConversationDto>> {
    return oneChanged(this.edits.resolve(workspaceId, id, version), toConversationDto);
  }

  @Post(':id/reopen')
  @Operation({
    summary: 'Reopen a conversation',
    description: 'Whatever it is: resolved, closed, snoozed or pending.',
    access: 'conversations:write',
    answer: { one: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async reopen(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<One<ConversationDto>> {
    return oneChanged(this.edits.open(workspaceId, id, version), toConversationDto);
  }

  @Post(':id/close')
  @Operation({
    summary: 'Close a conversation',
    description: 'Nothing more is said in it unless somebody reopens it.',
    access: 'conversations:write',
    answer: { one: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async close(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<One<ConversationDto>> {
    return oneChanged(this.edits.close(workspaceId, id, version), toConversationDto);
  }

  @Post(':id/assign')
  @Operation({
    summary: 'Assign a conversation',
    description: 'To a user, a team, or both; null takes it away.',
    access: 'conversations:write',
    answer: { one: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async assign(
    @CurrentPrincipal() { workspaceId, userId }: Principal,
    @IdParam() id: string,
    @Body() body: AssignConversationDto,
    @IfMatch() version: number | null,
  ): Promise<One<ConversationDto>> {
    const assignment = { assigneeId: userOrMe('assignee_id', body.assignee_id, userId), teamId: body.team_id };
    return oneChanged(this.assignment.assign(workspaceId, id, assignment, version), toConversationDto);
  }

  @Post(':id/snooze')
  @Operation({
    summary: 'Snooze a conversation',
    description: 'Puts it aside until a time, or until the customer writes.',
    access: 'conversations:write',
    answer: { one: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'UNPROCESSABLE'],
  })
  async snooze(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: SnoozeConversationDto,
    @IfMatch() version: number | null,
  ): Promise<One<ConversationDto>> {
    return oneChanged(this.edits.snooze(workspaceId, id, body.until ?? null, version), toConversationDto);
  }

  @Post(':id/unsnooze')
  @Operation({
    summary: 'Bring a snoozed conversation back',
    description: 'It is open again. Nothing happens to one that is not snoozed.',
    access: 'conversations:write',
    answer: { one: ConversationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async unsnooze(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @IfMatch() version: number | null,
  ): Promise<One<ConversationDto>> {
    return oneChanged(this.edits.unsnooze(workspaceId, id, version), toConversationDto);
  }
}
