import { DomainError } from '../errors/domain-error.js';
import { refusing } from './conflicts.js';

const taken = (): DomainError => new DomainError('CONFLICT', 'Taken', { name: 'A' });

describe('refusing', () => {
  it('should give what the write gives', async () => {
    await expect(refusing({ things_name: taken }, () => Promise.resolve(1))).resolves.toBe(1);
  });

  it.each([
    ['pg', { constraint: 'things_name' }],
    ['TypeORM', { driverError: { constraint: 'things_name' } }],
  ])('should tell a conflict that %s reports in its own words', async (_driver, fields) => {
    const write = (): Promise<void> => Promise.reject(Object.assign(new Error('duplicate key'), fields));
    await expect(refusing({ things_name: taken }, write)).rejects.toEqual(taken());
  });

  it.each([{ constraint: 'things_pkey' }, {}])('should leave other failures as they are', async (fields) => {
    const failure = Object.assign(new Error('another'), fields);
    await expect(refusing({ things_name: taken }, () => Promise.reject(failure))).rejects.toBe(failure);
  });
});
