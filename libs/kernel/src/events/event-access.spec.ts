import { newId } from '../ids/ids.js';
import { hideIds, listIds } from './event-access.js';

const [WORKSPACE, SUBJECT, HIDDEN, OTHER] = [newId(), newId(), newId(), newId()];
const event = (data: object, subjectId = SUBJECT) => ({ workspaceId: WORKSPACE, subjectId, data });
const hidden = new Set([HIDDEN]);

it.each([
  ['its subject', event({}, HIDDEN)],
  ['its conversation', event({ conversation_id: HIDDEN })],
  ['its ticket', event({ ticket_id: HIDDEN })],
  ['the subject of its run', event({ subject_id: HIDDEN })],
])('should return null when an event has a hidden object as %s', (_, about) => {
  expect(hideIds(about, hidden)).toBeNull();
});

it.each([
  ['a field', { target_id: HIDDEN, n: 1 }, { target_id: null, n: 1 }],
  ['a field in capital letters', { target_id: HIDDEN.toUpperCase() }, { target_id: null }],
  [
    'a change',
    { changed: { merged_into: [null, HIDDEN], a: [1, 2] } },
    { changed: { merged_into: [null, null], a: [1, 2] } },
  ],
  ['a list', { ids: [OTHER, HIDDEN] }, { ids: [OTHER, null] }],
])('should replace the ID of a hidden object by null when it is in %s', (_, data, expected) => {
  expect(hideIds(event(data), hidden)).toEqual(event(expected));
});

it('should return the same event when it has no hidden ID', () => {
  const about = event({ conversation_id: OTHER, text: `see ${HIDDEN}`, at: null, list: [1, true] });
  expect(hideIds(about, hidden)).toBe(about);
  expect(listIds(about)).toEqual([SUBJECT, OTHER]);
});
