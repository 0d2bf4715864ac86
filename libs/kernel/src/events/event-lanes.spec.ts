import fc from 'fast-check';
import { defineEvent } from './define-event.js';
import { LANES, laneOfEvent } from './event-lanes.js';

const TYPE = 'lane_test.created';

class Ordered extends defineEvent<{ readonly parent_id?: string }>(TYPE, {
  description: 'A test event was created.',
  orderedBy: 'parent_id',
}) {}

const event = (workspaceId: string, subjectId: string, data: object = {}, type = 'other.created') => ({
  type,
  workspaceId,
  subjectId,
  data,
});

describe('laneOfEvent', () => {
  it('should return a valid lane for every event', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.constantFrom('subject', 'workspace'), (workspace, subject, partition) => {
        const lane = laneOfEvent(event(workspace, subject), partition);
        return Number.isInteger(lane) && lane >= 0 && lane < LANES;
      }),
    );
  });

  it('should return the same lane for all events of a workspace when partitioned by workspace', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.uuid(), (workspace, item, other) => {
        expect(laneOfEvent(event(workspace, item), 'workspace')).toBe(
          laneOfEvent(event(workspace, other), 'workspace'),
        );
      }),
    );
  });

  it('should return the same lane for events with the same value in the `orderedBy` field', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.uuid(), (workspace, parent, subject) => {
        const lane = laneOfEvent(event(workspace, parent), 'subject');
        expect(laneOfEvent(event(workspace, subject, { parent_id: parent }, Ordered.type), 'subject')).toBe(lane);
      }),
    );
  });

  it('should use the subject when the `orderedBy` field is missing', () => {
    const [workspace, subject] = ['0190b6a1-7c00-7000-8000-000000000001', '0190b6a1-7c00-7000-8000-0000000000ff'];
    expect(laneOfEvent(event(workspace, subject, {}, TYPE), 'subject')).toBe(
      laneOfEvent(event(workspace, subject), 'subject'),
    );
  });

  it('should distribute sequential IDs over all lanes', () => {
    const counts = new Array<number>(LANES).fill(0);
    for (let index = 0; index < 8_000; index += 1) {
      const id = `0190b6a1-7c00-7000-8000-${index.toString(16).padStart(12, '0')}`;
      counts[laneOfEvent(event('0190b6a1-7c00-7000-8000-000000000001', id), 'subject')]! += 1;
    }
    for (const count of counts) expect(count).toBeGreaterThan(700);
  });

  it('should reject a second definition of an event type', () => {
    expect(() => defineEvent(TYPE, { description: 'Again.' })).toThrow(/lane_test\.created is defined twice/);
  });
});
