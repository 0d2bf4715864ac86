import fc from 'fast-check';
import { allowedReports, REPORTED_STATUSES, evaluateReport, type ReportedStatus } from './delivery-status.js';
import { MESSAGE_STATUSES, type MessageStatus } from './message.view.js';

it.each<[MessageStatus, ReportedStatus, ReturnType<typeof evaluateReport>]>([
  ['sent', 'delivered', 'applied'],
  ['sent', 'read', 'applied'],
  ['sent', 'failed', 'applied'],
  ['delivered', 'delivered', 'ignored'],
  ['delivered', 'read', 'applied'],
  ['delivered', 'failed', 'rejected'],
  ['read', 'delivered', 'ignored'],
  ['read', 'read', 'ignored'],
  ['read', 'failed', 'rejected'],
  ['failed', 'delivered', 'rejected'],
  ['failed', 'read', 'rejected'],
  ['failed', 'failed', 'ignored'],
])('should evaluate a report when the message is %s and the report is %s: %s', (from, to, outcome) => {
  expect(evaluateReport(from, to)).toBe(outcome);
  expect(allowedReports(from).includes(to)).toBe(outcome === 'applied');
});

it('should reach the same status when reports of delivery and reading arrive in any order', () => {
  const applyReports = (reports: readonly ReportedStatus[]): MessageStatus =>
    reports.reduce<MessageStatus>((status, to) => (evaluateReport(status, to) === 'applied' ? to : status), 'sent');
  const arbitraryReports = fc.array(fc.constantFrom<ReportedStatus>('delivered', 'read'));
  fc.assert(
    fc.property(arbitraryReports, (reports) =>
      expect(applyReports(reports)).toBe(applyReports([...reports].reverse())),
    ),
  );
});

it('should never return to an earlier status', () => {
  const order = ['sent', 'delivered', 'read'];
  fc.assert(
    fc.property(fc.constantFrom(...MESSAGE_STATUSES), fc.constantFrom(...REPORTED_STATUSES), (from, to) => {
      if (evaluateReport(from, to) === 'applied' && to !== 'failed')
        expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from));
      if (from === 'failed') expect(evaluateReport(from, to)).not.toBe('applied');
    }),
  );
});
