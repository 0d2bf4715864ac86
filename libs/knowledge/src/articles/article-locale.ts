/** Canonical form of a BCP 47 language tag (`EN-us` becomes `en-US`); null if it is invalid. */
export function canonicalizeLocale(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}
