import { contactEventPositionsSql, contactSubjectIdSql, declareEventPrivacy, redactedSql } from './event-privacy.js';

const LAUNCHED = { type: 'rocket.launched' };
const CREWED = { type: 'crew.changed' };

describe('declareEventPrivacy', () => {
  it('should select nothing but the events of the contact when no domain declares anything', () => {
    expect(contactEventPositionsSql()).not.toContain('union');
    expect(contactSubjectIdSql()).toBe('null::uuid');
    expect(redactedSql('d', 's')).toBe(`kernel.redacted(d, '{}'::text[], '{}'::text[])`);
  });

  it('should combine the fields of several domains, and exclude personal fields by subject type', () => {
    declareEventPrivacy({ keptFields: ['status', 'tags'], freeFields: ['metadata'] });
    declareEventPrivacy({ keptFields: ['status', 'kind'], personalFields: { person: ['tags'] } });
    expect(redactedSql('d', 's')).toBe(
      `kernel.redacted(d, case s when 'person' then '{kind,status}'::text[] else '{kind,status,tags}'::text[] end, ` +
        `'{metadata}'::text[])`,
    );
  });

  it('should select events by the subjects and lists of contacts', () => {
    declareEventPrivacy({
      contactSubjects: [{ created: LAUNCHED, field: 'rocket_id' }],
      contactLists: [{ event: CREWED, field: 'crew_ids' }],
    });
    const sql = contactEventPositionsSql();
    expect(sql).toContain(`e.subject_type = 'rocket'`);
    expect(sql).toContain(`b.type = 'rocket.launched'`);
    expect(sql).toContain(`e.type in ('crew.changed') and e.data -> 'crew_ids' ? $2::uuid::text`);
    expect(contactSubjectIdSql()).toContain(`(e.data ->> 'rocket_id')::uuid`);
  });

  it('should throw when an event is declared twice or a name could change the SQL', () => {
    expect(() => declareEventPrivacy({ contactLists: [{ event: CREWED, field: 'crew_ids' }] })).toThrow('twice');
    for (const name of ["a'", '', 'A', 'a,b', 'a}'])
      expect(() => declareEventPrivacy({ keptFields: [name] })).toThrow('not a field name');
    expect(() => declareEventPrivacy({ contactLists: [{ event: { type: "x'.y" }, field: 'a' }] })).toThrow(
      'not an event type',
    );
  });
});
