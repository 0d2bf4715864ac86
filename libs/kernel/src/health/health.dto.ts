import { EnumField, IntegerField } from '../http/fields.js';

/** The process answers. */
export class HealthDto {
  @EnumField(['ok'], { description: 'Always `ok`: a dead process does not answer.' })
  status: string;
}

/** The process can work. */
export class ReadinessDto {
  @EnumField(['ready'], { description: '`ready`; otherwise the answer is 503.' })
  status: string;

  @IntegerField({ description: 'Milliseconds that Postgres took to answer.', example: 1 })
  database_ms: number;
}
