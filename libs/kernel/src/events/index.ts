export { changesBetween } from './changes-between.js';
export { type Changed, DomainEvent, type EventClass, type RecordedEvent } from './domain-event.js';
export { ActorDto, EventDto, toEventDto } from './dto/event.dto.js';
export { EventLogService } from './event-log.service.js';
export { Events, MAX_CAUSATION_DEPTH } from './events.js';
export { LiveSignalsService } from './live-signals.service.js';
export { Subscribe } from './subscribe.js';
