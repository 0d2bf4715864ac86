import type { Inspection, WithProblems } from './problem.js';
import type { ReferencesService } from './references.service.js';

/** Maps stored objects to their wire format, with their current problems. */
export abstract class InspectingMapper<View, Dto> {
  protected constructor(
    private readonly references: ReferencesService,
    private readonly inspect: (view: View) => Inspection,
    private readonly toInspectedDto: (view: WithProblems<View>) => Dto,
  ) {}

  /** Maps the objects of a page. The number of statements does not depend on the number of objects. */
  async toDtos(workspaceId: string, views: readonly View[]): Promise<Dto[]> {
    return (await this.references.attachProblems(workspaceId, views, this.inspect)).map(this.toInspectedDto);
  }

  /** Maps one object. */
  async toDto(workspaceId: string, view: View): Promise<Dto> {
    const [dto] = await this.toDtos(workspaceId, [view]);
    return dto!;
  }
}
