import { defineRateClass } from '@parley/kernel/http';

/** Operations that check a credential or send it by mail. */
export const SIGN_IN = defineRateClass('sign_in', 30);

/** Operations that start a session without a secret that could be guessed: registration, refresh, single sign-on. */
export const REGISTER = defineRateClass('register', 600);
