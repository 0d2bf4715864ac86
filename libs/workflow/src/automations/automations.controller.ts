import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  badRequest,
  CurrentPrincipal,
  IdParam,
  IfMatch,
  listBody,
  one,
  oneChanged,
  Operation,
  pageRequest,
  timeRangeOf,
  type ListBody,
  type One,
  type Principal,
} from '@parley/kernel';
import { AutomationTrials } from './automation-trials.service.js';
import { AutomationsService } from './automations.service.js';
import { AutomationRunDto, AutomationRunListQueryDto, toAutomationRunDto } from './dto/automation-run.dto.js';
import { AutomationDto, SavedAutomationDto, toAutomationDto, toSavedAutomationDto } from './dto/automation.dto.js';
import { DryRunDto, toTrialDto, TrialDto } from './dto/trial.dto.js';
import {
  AutomationListQueryDto,
  CreateAutomationDto,
  toRawRule,
  toRuleChange,
  UpdateAutomationDto,
} from './dto/write-automation.dto.js';
import { RuleValidation } from './rule-validation.service.js';

/** Rules that act on what happens. */
@ApiTags('Workflow')
@Controller('v1/automations')
export class AutomationsController {
  constructor(
    private readonly automations: AutomationsService,
    private readonly trials: AutomationTrials,
    private readonly validation: RuleValidation,
  ) {}

  @Get()
  @Operation({
    summary: 'List automations',
    description: 'In the order they run in.',
    access: 'automations:read',
    answer: { list: AutomationDto },
  })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: AutomationListQueryDto,
  ): Promise<ListBody<AutomationDto>> {
    const filter = { enabled: query.enabled, q: query.q, ...timeRangeOf(query) };
    const request = pageRequest({ ...query, order_dir: query.order_dir ?? 'asc' }, [
      'automations',
      workspaceId,
      filter,
    ]);
    const page = await this.automations.list(workspaceId, filter, request);
    return listBody(request, { ...page, items: page.items.map(toAutomationDto) });
  }

  @Post()
  @Operation({
    summary: 'Make an automation',
    description:
      'When one of `events` happens and `filter` holds, its `actions` are done in order, at most once for everything that one request sets off. Every fault of the rule is told at once, by its path.',
    access: 'automations:write',
    answer: { one: SavedAutomationDto, status: 201 },
    errors: ['UNPROCESSABLE'],
  })
  async create(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Body() body: CreateAutomationDto,
  ): Promise<One<SavedAutomationDto>> {
    const { description, enabled, position } = body;
    return one(
      toSavedAutomationDto(
        await this.automations.create(workspaceId, toRawRule(body), { description, enabled, position }),
      ),
    );
  }

  @Post('dry-run')
  @Operation({
    summary: 'Try an automation',
    description:
      'What a saved or unsaved rule would do with a conversation as it is now, and why. It is really run, and everything is taken back: nothing changes.',
    access: 'automations:write',
    answer: { one: TrialDto },
    errors: ['NOT_FOUND', 'UNPROCESSABLE'],
  })
  async dryRun(@CurrentPrincipal() { workspaceId }: Principal, @Body() body: DryRunDto): Promise<One<TrialDto>> {
    const { automation_id: id, rule, conversation_id: conversationId, message_id: messageId, event } = body;
    if ((id === undefined) === (rule === undefined)) throw badRequest({ rule: ['give either rule or automation_id'] });
    const tried =
      id !== undefined
        ? await this.automations.get(workspaceId, id)
        : await this.validation.check(workspaceId, toRawRule(rule!));
    return one(toTrialDto(await this.trials.try(workspaceId, tried, id ?? null, { conversationId, messageId, event })));
  }

  @Get(':id')
  @Operation({
    summary: 'Get an automation',
    access: 'automations:read',
    answer: { one: AutomationDto },
    errors: ['NOT_FOUND'],
  })
  async get(@CurrentPrincipal() { workspaceId }: Principal, @IdParam() id: string): Promise<One<AutomationDto>> {
    return one(toAutomationDto(await this.automations.get(workspaceId, id)));
  }

  @Patch(':id')
  @Operation({
    summary: 'Change an automation',
    access: 'automations:write',
    answer: { one: SavedAutomationDto },
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  async update(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Body() body: UpdateAutomationDto,
    @IfMatch() version: number | null,
  ): Promise<One<SavedAutomationDto>> {
    return oneChanged(this.automations.update(workspaceId, id, toRuleChange(body), version), toSavedAutomationDto);
  }

  @Post(':id/enable')
  @Operation({
    summary: 'Switch an automation on',
    access: 'automations:write',
    answer: { one: SavedAutomationDto },
    errors: ['NOT_FOUND'],
  })
  async enable(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<One<SavedAutomationDto>> {
    return one(toSavedAutomationDto(await this.automations.setEnabled(workspaceId, id, true)));
  }

  @Post(':id/disable')
  @Operation({
    summary: 'Switch an automation off',
    access: 'automations:write',
    answer: { one: SavedAutomationDto },
    errors: ['NOT_FOUND'],
  })
  async disable(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
  ): Promise<One<SavedAutomationDto>> {
    return one(toSavedAutomationDto(await this.automations.setEnabled(workspaceId, id, false)));
  }

  @Delete(':id')
  @Operation({
    summary: 'Delete an automation',
    description: 'With the record of its runs.',
    access: 'automations:write',
    answer: { empty: true },
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
    answer: { list: AutomationRunDto },
    errors: ['NOT_FOUND'],
  })
  async runs(
    @CurrentPrincipal() { workspaceId }: Principal,
    @IdParam() id: string,
    @Query() query: AutomationRunListQueryDto,
  ): Promise<ListBody<AutomationRunDto>> {
    const filter = { conversationId: query.conversation_id, outcomes: query.outcome };
    const request = pageRequest(query, ['automation-runs', workspaceId, id, filter]);
    const page = await this.automations.listRuns(workspaceId, id, filter, request);
    return listBody(request, { ...page, items: page.items.map(toAutomationRunDto) });
  }
}
