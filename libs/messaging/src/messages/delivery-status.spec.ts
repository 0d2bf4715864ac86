import fc from 'fast-check';
import { reachable, REPORTED_STATUSES, weighReport, type ReportedStatus } from './delivery-status.js';
import { MESSAGE_STATUSES, type MessageStatus } from './message.view.js';

it.each<[MessageStatus, ReportedStatus, ReturnType<typeof weighReport>]>([
  ['sent', 'delivered', 'moves'],
  ['sent', 'read', 'moves'],
  ['sent', 'failed', 'moves'],
  ['delivered', 'delivered', 'stays'],
  ['delivered', 'read', 'moves'],
  ['delivered', 'failed', 'refused'],
  ['read', 'delivered', 'stays'],
  ['read', 'read', 'stays'],
  ['read', 'failed', 'refused'],
  ['failed', 'delivered', 'refused'],
  ['failed', 'read', 'refused'],
  ['failed', 'failed', 'stays'],
])('should weigh a message that is %s and reported %s: it %s', (from, to, verdict) => {
  expect(weighReport(from, to)).toBe(verdict);
  expect(reachable(from).includes(to)).toBe(verdict === 'moves');
});

it('should come out the same, in whatever order reports of delivery and reading arrive', () => {
  const settle = (reports: readonly ReportedStatus[]): MessageStatus =>
    reports.reduce<MessageStatus>((status, to) => (weighReport(status, to) === 'moves' ? to : status), 'sent');
  const good = fc.array(fc.constantFrom<ReportedStatus>('delivered', 'read'));
  fc.assert(fc.property(good, (reports) => expect(settle(reports)).toBe(settle([...reports].reverse()))));
});

it('should never go back', () => {
  const order = ['sent', 'delivered', 'read'];
  fc.assert(
    fc.property(fc.constantFrom(...MESSAGE_STATUSES), fc.constantFrom(...REPORTED_STATUSES), (from, to) => {
      if (weighReport(from, to) === 'moves' && to !== 'failed')
        expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from));
      if (from === 'failed') expect(weighReport(from, to)).not.toBe('moves');
    }),
  );
});
