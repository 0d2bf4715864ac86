import { domainToASCII } from 'node:url';

/** Invisible and bidirectional characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Parts without the characters that NFC replaces by ASCII characters, such as the Kelvin sign. They are not the same. */
const COMPOSABLE = /[^\u212a\u037e\u1fef]+/gu;

/**
 * The one form of an e-mail address: without blanks around it and without invisible characters, the local part in NFC,
 * and a domain with other characters than ASCII in its ASCII form (Punycode). Keeps the case.
 */
export function normalizeEmail(text: string): string {
  const visible = text.replace(INVISIBLE, '').trim();
  const at = visible.lastIndexOf('@');
  const localPart = visible.slice(0, at + 1).replace(COMPOSABLE, (part) => part.normalize('NFC'));
  return localPart + normalizeDomain(visible.slice(at + 1));
}

/** A domain in its ASCII form; the same text if it is no domain. */
export function normalizeDomain(domain: string): string {
  return /[^\0-\x7f]/.test(domain) ? domainToASCII(domain) || domain : domain;
}

/**
 * Key of an e-mail address: equal for all spellings of one mailbox. Only the case of ASCII letters is ignored, as mail
 * servers do. In SQL: `lower(email collate "C")` of a normalized address.
 */
export function emailKey(email: string): string {
  return normalizeEmail(email).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * True if `lower` of a database gives the key of the address in all locales. Other addresses, with capital letters
 * beyond ASCII, cannot be used to sign in: a Kelvin sign would lead to the account with the letter k.
 */
export function isSignInEmail(email: string): boolean {
  return normalizeEmail(email).toLowerCase() === emailKey(email);
}
