import { EnumField, IntegerField } from '../http/fields.js';

/** Response of a live process. */
export class HealthDto {
  @EnumField(['ok'], { description: 'Always `ok`.' })
  status: string;
}

/** Response of a ready process. */
export class ReadinessDto {
  @EnumField(['ready'], { description: 'Always `ready`. If the process is not ready, the response is 503.' })
  status: string;

  @IntegerField({ description: 'Response time of Postgres in milliseconds.', example: 1 })
  database_ms: number;
}
