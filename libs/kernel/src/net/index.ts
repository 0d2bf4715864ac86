export { addressBlockReason, type AllowedNetworks, hostOf, parseNetworks, urlBlockReason } from './address-policy.js';
export { OutboundHttpService, type OutboundRequest, type OutboundResponse } from './outbound-http.service.js';
