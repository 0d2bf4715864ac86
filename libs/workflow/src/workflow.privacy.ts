import { declareEventPrivacy } from '@parley/kernel/erasure';

declareEventPrivacy({ keptFields: ['outcome'] });
