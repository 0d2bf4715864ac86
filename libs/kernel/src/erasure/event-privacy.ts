/** The part of an event class that declarations use. */
interface EventType {
  readonly type: string;
}

/** What a domain declares about the contacts and the personal data in its events. */
export interface EventPrivacyOptions {
  /** Text fields with fixed values of the data model, such as `status`. Erasure keeps them; it empties other texts. */
  readonly keptFields?: readonly string[];
  /** Kept fields that erasure empties in events about these types of subjects. */
  readonly personalFields?: Readonly<Record<string, readonly string[]>>;
  /** Prefixes of fields with free content, such as `custom_fields`. Erasure empties the values of any type in them. */
  readonly freeFields?: readonly string[];
  /** Events that concern all contacts whose IDs are in a list in `data`. */
  readonly contactLists?: readonly { readonly event: EventType; readonly field: string }[];
  /**
   * Subjects that belong to a contact from this event on: all events about the subject concern the contact. Other
   * events refer to the subject by `field`.
   */
  readonly contactSubjects?: readonly { readonly created: EventType; readonly field: string }[];
}

const NAME = /^[a-z_]+$/;
const TYPE = /^([a-z_]+)\.[a-z_]+$/;

const keptFields = new Set<string>();
const freeFields = new Set<string>();
const personalFields = new Map<string, Set<string>>();
const contactLists = new Map<string, string>();
const contactSubjects = new Map<string, string>();

/**
 * Declares how the erasure of a contact finds and redacts the events of a domain. Several domains can declare the same
 * kept or free field. Events need no declaration if they have the contact as their subject or in `contact_id`.
 * @throws Error if a name has other characters than lower-case letters and underscores, or an event has another owner.
 */
export function declareEventPrivacy(options: EventPrivacyOptions): void {
  for (const field of options.keptFields ?? []) keptFields.add(checkName(field));
  for (const field of options.freeFields ?? []) freeFields.add(checkName(field));
  for (const [subjectType, fields] of Object.entries(options.personalFields ?? {})) {
    const personal = personalFields.get(checkName(subjectType)) ?? new Set();
    for (const field of fields) personal.add(checkName(field));
    personalFields.set(subjectType, personal);
  }
  for (const { event, field } of options.contactLists ?? []) addOwned(contactLists, event, field);
  for (const { created, field } of options.contactSubjects ?? []) addOwned(contactSubjects, created, field);
}

/** SQL for JSON without personal data. IDs, times, numbers, booleans and kept fields stay. */
export function redactedSql(data: string, subjectType: string): string {
  const kept = (personal: ReadonlySet<string> = new Set()): string =>
    textArray([...keptFields].filter((field) => !personal.has(field)));
  const cases = [...personalFields].map(([type, personal]) => ` when '${type}' then ${kept(personal)}`).join('');
  const keptSql = cases === '' ? kept() : `case ${subjectType}${cases} else ${kept()} end`;
  return `kernel.redacted(${data}, ${keptSql}, ${textArray([...freeFields])})`;
}

/**
 * SQL for the positions of the events that concern a contact: by `contact_id`, by a list of contacts, or because their
 * subject belongs to the contact. $1 is the workspace, $2 the contact.
 */
export function contactEventPositionsSql(): string {
  const inWorkspace = 'select e.position from kernel.events e where e.workspace_id = $1 and';
  const selections = [`${inWorkspace} e.contact_id = $2`];
  for (const type of contactSubjects.keys()) {
    selections.push(
      `${inWorkspace} e.subject_type = '${subjectTypeOf(type)}' and e.subject_id in (
         select b.subject_id from kernel.events b
         where b.workspace_id = $1 and b.contact_id = $2 and b.type = '${type}')`,
    );
  }
  for (const field of new Set(contactLists.values())) {
    const types = [...contactLists.keys()].filter((type) => contactLists.get(type) === field).sort();
    // Literals, because the index on the list is limited to these types.
    const isOneOf = `e.type in (${types.map((type) => `'${type}'`).join(', ')})`;
    selections.push(`${inWorkspace} ${isOneOf} and e.data -> '${field}' ? $2::uuid::text`);
  }
  return selections.join('\n     union ');
}

/** SQL for the ID of the subject of a contact that an event is about or refers to; null if there is none. */
export function contactSubjectIdSql(): string {
  const cases = [...contactSubjects].flatMap(([type, field]) => [
    `when e.subject_type = '${subjectTypeOf(type)}' then e.subject_id`,
    `when jsonb_typeof(e.data -> '${field}') = 'string' then (e.data ->> '${field}')::uuid`,
  ]);
  return cases.length === 0 ? 'null::uuid' : `case ${cases.join(' ')} end`;
}

function addOwned(fields: Map<string, string>, { type }: EventType, field: string): void {
  if (!TYPE.test(type)) throw new Error(`${type} is not an event type`);
  if (fields.has(type)) throw new Error(`The contacts of ${type} are declared twice`);
  fields.set(type, checkName(field));
}

function subjectTypeOf(type: string): string {
  return TYPE.exec(type)![1]!;
}

function checkName(name: string): string {
  if (!NAME.test(name)) throw new Error(`"${name}" is not a field name of events; use lower-case letters and _`);
  return name;
}

function textArray(names: readonly string[]): string {
  return `'{${[...names].sort().join(',')}}'::text[]`;
}
