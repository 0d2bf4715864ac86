import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { badRequestError, type Principal } from '@parley/kernel';
import { CurrentPrincipal } from '@parley/kernel/auth';
import { IdParam, IfMatch, toResponse, toUpdateResponse, Operation, type ItemResponse } from '@parley/kernel/http';
import { toListResponse, parsePageRequest, toTimeRange, type ListResponse } from '@parley/kernel/pagination';
import { AutomationDryRunService } from './automation-dry-run.service.js';
import { AutomationsService } from './automations.service.js';
import { AutomationRunDto, AutomationRunListQueryDto, toAutomationRunDto } from './dto/automation-run.dto.js';
import { AutomationDto, SavedAutomationDto, toAutomationDto, toSavedAutomationDto } from './dto/automation.dto.js';
import { DryRunAutomationDto, toDryRunResultDto, DryRunResultDto } from './dto/dry-run.dto.js';
import {
  AutomationListQueryDto,
  CreateAutomationDto,
  toRuleInput,
  toUpdateAutomationInput,
  UpdateAutomationDto,
} from './dto/write-automation.dto.js';
import { RuleValidator } from './rule-validator.service.js';

/** Rules that act on what happens. */
@ApiTags('Workflow')
@Controller('v1/automations')
export class AutomationsController {
  constructor(
    private readonly automations: AutomationsService,
    private readonly dryRuns: AutomationDryRunService,
    private readonly validator: RuleValidator,
  ) {}

  @Get()
  @Operation({
    summary: 'List automations',
    description: 'In the order they run in.',
    access: 'automations:read',
    response: { list: AutomationDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: AutomationListQueryDto,
  ): Promise<ListResponse<AutomationDto>> {
    const filter = { enabled: query.enabled, q: query.q, ...toTimeRange(query) };
    const request = parsePageRequest({ ...query, order_dir: query.order_dir ?? 'asc' }, [
      'automations',
      workspaceId,
      filter,
    ]);
    const page = await this.automations.list(workspaceId, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toAutomationDto) });
  }

  @Post()
  @Operation({
    summary: 'Make an automation',
    description:
      'When one of `events` happens and `filter` holds, its `actions` are done in order, at most once for everything that one request sets off. Every fault of the rule is told at once, by its path.',
    access: 'automations:write',
    response: { item: SavedAutomationDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateAutomationDto,
  ): Promise<ItemResponse<SavedAutomationDto>> {
    const { description, enabled, position } = body;
    return toResponse(
      toSavedAutomationDto(
        await this.automations.create(workspaceId, toRuleInput(body), { description, enabled, position }),
      ),
    );
  }

  @Post('dry-run')
  @Operation({
    summary: 'Try an automation',
    description:
      'What a saved or unsaved rule would do with a conversation as it is now, and why. It is really run, and everything is taken back: nothing changes.',
    access: 'automations:write',
    response: { item: DryRunResultDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async dryRun(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: DryRunAutomationDto,
  ): Promise<ItemResponse<DryRunResultDto>> {
    const { automation_id: id, rule, conversation_id: conversationId, message_id: messageId, event } = body;
    if ((id === undefined) === (rule === undefined))
      throw badRequestError({ rule: ['give either rule or automation_id'] });
    const result =
      id !== undefined
        ? await this.automations.get(workspaceId, id)
        : await this.validator.validate(workspaceId, toRuleInput(rule!));
    return toResponse(
      toDryRunResultDto(await this.dryRuns.run(workspaceId, result, id ?? null, { conversationId, messageId, event })),
    );
  }

  @Get(':id')
  @Operation({
    summary: 'Get an automation',
    access: 'automations:read',
    response: { item: AutomationDto },
    errors: ['NOT_FOUND'],
  })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<AutomationDto>> {
    return toResponse(toAutomationDto(await this.automations.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change an automation',
    access: 'automations:write',
    response: { item: SavedAutomationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateAutomationDto,
    @IfMatch() version: number | null,
  ): Promise<ItemResponse<SavedAutomationDto>> {
    return toUpdateResponse(
      this.automations.update(workspaceId, id, toUpdateAutomationInput(body), version),
      toSavedAutomationDto,
    );
  }

  @Post(':id/enable')
  @Operation({
    summary: 'Switch an automation on',
    access: 'automations:write',
    response: { item: SavedAutomationDto },
    errors: ['NOT_FOUND'],
  })
  async enable(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<SavedAutomationDto>> {
    return toResponse(toSavedAutomationDto(await this.automations.setEnabled(workspaceId, id, true)));
  }

  @Post(':id/disable')
  @Operation({
    summary: 'Switch an automation off',
    access: 'automations:write',
    response: { item: SavedAutomationDto },
    errors: ['NOT_FOUND'],
  })
  async disable(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<ItemResponse<SavedAutomationDto>> {
    return toResponse(toSavedAutomationDto(await this.automations.setEnabled(workspaceId, id, false)));
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete an automation',
    description: 'With the record of its runs.',
    access: 'automations:write',
    response: { empty: true },
    errors: ['NOT_FOUND'],
  })
  async delete(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<void> {
    await this.automations.delete(workspaceId, id);
  }

  @Get(':id/runs')
  @Operation({
    summary: 'List the runs of an automation',
    description: 'Newest first: which condition held with which value, and what each action did.',
    access: 'automations:read',
    response: { list: AutomationRunDto },
    errors: ['NOT_FOUND'],
  })
  async listRuns(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: AutomationRunListQueryDto,
  ): Promise<ListResponse<AutomationRunDto>> {
    const filter = { conversationId: query.conversation_id, outcomes: query.outcome };
    const request = parsePageRequest(query, ['automation-runs', workspaceId, id, filter]);
    const page = await this.automations.listRuns(workspaceId, id, filter, request);
    return toListResponse(request, { ...page, items: page.items.map(toAutomationRunDto) });
  }
}
