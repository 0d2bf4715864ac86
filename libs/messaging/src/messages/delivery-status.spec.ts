import fc from 'fast-check';
import { allowedReports, REPORTED_STATUSES, evaluateReport, type ReportedStatus } from './delivery-status.js';
import { MESSAGE_STATUSES, type MessageStatus } from './message.view.js';

it.each<[MessageStatus, ReportedStatus, ReturnType<typeof evaluateReport>]>([
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
])('should weigh a message that is %s and reported %s: it %s', (from, to, outcome) => {
  expect(evaluateReport(from, to)).toBe(outcome);
  expect(allowedReports(from).includes(to)).toBe(outcome === 'moves');
});

it('should come out the same, in whatever order reports of delivery and reading arrive', () => {
  const applyReports = (reports: readonly ReportedStatus[]): MessageStatus =>
    reports.reduce<MessageStatus>((status, to) => (evaluateReport(status, to) === 'moves' ? to : status), 'sent');
  const arbitraryReports = fc.array(fc.constantFrom<ReportedStatus>('delivered', 'read'));
  fc.assert(
    fc.property(arbitraryReports, (reports) =>
      expect(applyReports(reports)).toBe(applyReports([...reports].reverse())),
    ),
  );
});

it('should never go back', () => {
  const order = ['sent', 'delivered', 'read'];
  fc.assert(
    fc.property(fc.constantFrom(...MESSAGE_STATUSES), fc.constantFrom(...REPORTED_STATUSES), (from, to) => {
      if (evaluateReport(from, to) === 'moves' && to !== 'failed')
        expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from));
      if (from === 'failed') expect(evaluateReport(from, to)).not.toBe('moves');
    }),
  );
});
