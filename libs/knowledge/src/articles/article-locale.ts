/** The language tag in its one spelling (`EN-us` is `en-US`); null when it is none (BCP 47). */
export function canonicalizeLocale(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null;
  }
}
