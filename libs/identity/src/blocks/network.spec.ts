import { toNetwork } from './network.js';

it.each([
  ['203.0.113.7', '203.0.113.7/32'],
  ['203.0.113.7/24', '203.0.113.0/24'],
  ['2001:db8::1', '2001:db8::1/128'],
  ['2001:db8::1/32', '2001:db8::/32'],
  ['::ffff:203.0.113.7', '203.0.113.7/32'],
  ['203.0.113', null],
  ['127.1', null],
  ['203.0.113.7/33', null],
  ['nobody', null],
  ['', null],
])('should convert %j to the network %j', (text, network) => {
  expect(toNetwork(text)).toBe(network);
});
