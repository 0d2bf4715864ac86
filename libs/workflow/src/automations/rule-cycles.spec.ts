import './actions/conversation-action-handlers.service.js';
import { findCycleThrough, buildCycleWarning, type LinkedRule } from './rule-cycles.js';

function rule(id: string, events: string[], ...types: string[]): LinkedRule {
  return { id, name: id, events, actions: types.map((type) => ({ type })) };
}

describe('findCycleThrough', () => {
  it('should find a rule that triggers itself', () => {
    const tagger = rule('a', ['conversation.tagged'], 'add_tags');
    expect(findCycleThrough(tagger, [tagger])).toEqual([tagger]);
  });

  it('should find the shortest cycle through other rules', () => {
    const a = rule('a', ['conversation.priority_changed'], 'add_tags');
    const b = rule('b', ['conversation.tagged'], 'assign_team');
    const c = rule('c', ['conversation.team_assigned', 'conversation.tagged'], 'set_priority');
    expect(findCycleThrough(a, [a, b, c])!.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('should treat conversation.updated as a match for every change', () => {
    expect(findCycleThrough(rule('a', ['conversation.updated'], 'set_priority'), [])).not.toBeNull();
  });

  it('should return null when there is no cycle', () => {
    const a = rule('a', ['message.created'], 'add_tags', 'add_note');
    const b = rule('b', ['conversation.tagged'], 'set_priority');
    expect(findCycleThrough(a, [a, b])).toBeNull();
    expect(buildCycleWarning(b, [a, b])).toBeNull();
  });

  it('should list the rules of the cycle in the warning', () => {
    const other = rule('B', ['conversation.priority_changed'], 'set_tags');
    expect(buildCycleWarning(rule('A', ['conversation.tagged'], 'set_priority'), [other])).toContain('"A" → "B" → "A"');
  });

  it('should name the rule when it can trigger itself', () => {
    expect(buildCycleWarning(rule('Loop', ['conversation.tagged'], 'set_tags'), [])).toMatch(
      /^"Loop" can trigger itself/,
    );
  });
});
