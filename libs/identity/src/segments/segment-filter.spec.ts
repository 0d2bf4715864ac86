import { parseContactFilter } from '../contacts/contact-filter-fields.js';
import { isTimeDependent, isCompanyDependent } from './segment-filter.js';

const inactive = {
  not: {
    any: [
      { field: 'name', operator: 'equals', value: 'Ada' },
      { field: 'last_seen_at', operator: 'within_last', value: 3600 },
    ],
  },
};
const busy = { all: [{ field: 'events.message.created.count_7d', operator: 'greater_than', value: 3 }] };
const ever = { field: 'events.message.created.count', operator: 'greater_than', value: 3 };
const rich = { field: 'company.custom_fields.plan', operator: 'equals', value: 'pro' };

it.each([
  [inactive, true, false],
  [busy, true, false],
  [ever, false, false],
  [rich, false, true],
  [{ all: [] }, false, false],
  [{ field: 'custom_fields.company', operator: 'equals', value: 'x' }, false, false],
])('should detect time and company dependency of the filter %j', (filter, timeDependent, companyDependent) => {
  const valid = parseContactFilter(filter);
  expect([isTimeDependent(valid), isCompanyDependent(valid)]).toEqual([timeDependent, companyDependent]);
});
