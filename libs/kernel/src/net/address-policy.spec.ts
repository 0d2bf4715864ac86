import { addressBlockReason, parseNetworks, urlBlockReason } from './address-policy.js';

const NONE = parseNetworks([]);

describe('urlBlockReason', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::7f00:1]/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://100.64.0.1/',
    'http://198.18.0.1/',
    'http://192.0.0.192/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://240.0.0.1/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://192.0.2.1/',
    'http://[64:ff9b:1::a00:1]/',
    'http://[fec0::1]/',
    'http://[4000::1]/',
    'http://[2001:db8::1]/',
    'http://１２７.０.０.１/',
    'http://127.0.0.1./',
  ])('should block %s because it is not public', (url) => {
    expect(urlBlockReason(url, NONE)).toMatch(/^points to .*which is not public/);
  });

  it.each([
    ['ftp://example.com/', /http/],
    ['file:///etc/passwd', /http/],
    ['gopher://example.com/', /http/],
    ['javascript:alert(1)', /http/],
    ['http://user:pass@example.com/', /password/],
    ['https://user@example.com/', /user name/],
    ['not a url', /not a URL/],
    ['http://', /not a URL/],
    ['http://256.256.256.256/', /not a URL/],
  ])('should block %s', (url, reason) => {
    expect(urlBlockReason(url, NONE)).toMatch(reason);
  });

  it.each([
    'https://example.com/hooks',
    'http://8.8.8.8/',
    'https://[2606:4700:4700::1111]:8443/x?y=z',
    'http://localhost.example.com',
  ])('should allow %s', (url) => {
    expect(urlBlockReason(url, NONE)).toBeNull();
  });
});

describe('addressBlockReason', () => {
  const loopback = parseNetworks(['127.0.0.0/8', 'fd12:3456::/32']);

  it.each(['127.0.0.1', '127.9.9.9', '::ffff:127.0.0.1', 'fd12:3456::9'])(
    'should allow %s in an allowed network',
    (address) => {
      expect(addressBlockReason(address, loopback)).toBeNull();
    },
  );

  it.each(['10.0.0.1', '::1', 'fd99::1', '169.254.169.254'])(
    'should block %s outside the allowed networks',
    (address) => {
      expect(addressBlockReason(address, loopback)).toMatch(/not public/);
    },
  );

  it('should block text that is not an IP address', () => {
    expect(addressBlockReason('example.com', loopback)).toMatch(/not an IP address/);
  });
});

describe('parseNetworks', () => {
  it('should name the invalid block', () => {
    expect(() => parseNetworks(['127.0.0.0/8', '10.0.0.0'])).toThrow(/10\.0\.0\.0/);
  });
});
