export { ProblemDto, toProblemDto } from './dto/problem.dto.js';
export {
  DeletedObjectDto,
  ReferenceDto,
  ReferencesDto,
  toDeletionResponse,
  toReferencesDto,
} from './dto/references.dto.js';
export { filterProblems } from './filter-problems.js';
export { filterReferences } from './filter-references.js';
export { InspectingMapper } from './inspecting-mapper.js';
export { type Inspection, type Problem, type WithProblems } from './problem.js';
export { defineReferenceType, pathsTo, type Reference, type ReferenceTarget, type TargetState } from './reference.js';
export { ReferenceSource, ResolveReferences, type ReferringObject } from './reference-source.js';
export { type ReferenceList, ReferencesService } from './references.service.js';
