import { Injectable } from '@nestjs/common';
import { InspectingMapper, ReferencesService } from '@parley/kernel/references';
import type { SavedView } from './saved-view.view.js';
import { toSavedViewDto, type SavedViewDto } from './dto/saved-view.dto.js';
import { inspectSavedView } from '../references/stored-references.js';

/** Maps saved views to their wire format, with their current problems. */
@Injectable()
export class SavedViewMapper extends InspectingMapper<SavedView, SavedViewDto> {
  constructor(references: ReferencesService) {
    super(references, inspectSavedView, toSavedViewDto);
  }
}
