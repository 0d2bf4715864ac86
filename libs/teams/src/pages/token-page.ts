import { createHash } from 'node:crypto';
import { PAGE_SCRIPT } from './page-script.js';
import { COMMON_TEXTS, type CommonTexts, type PageTexts } from './page-texts.js';

/** Field of a page. */
export interface PageField {
  readonly name: string;
  readonly label: keyof CommonTexts;
  readonly type: 'text' | 'password';
  readonly autocomplete: string;
  readonly required: boolean;
  /** Kinds of password with which the field is shown. Default: always. */
  readonly shownFor?: readonly string[];
}

/** Page that shows what the token of a link is for, asks for further fields, and posts both to the API. */
export interface TokenPage {
  /** Texts by language. English is required. */
  readonly texts: Readonly<Record<string, PageTexts>>;
  readonly fields: readonly PageField[];
  /** Path that returns what a token is for. */
  readonly previewPath: string;
  /** Path that the fields and the token are posted to, as JSON. */
  readonly submitPath: string;
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; color: #1f2933; background: #f5f7fa;
  display: grid; place-items: center; min-height: 100vh; margin: 0 }
main { background: #fff; border: 1px solid #e4e7eb; border-radius: 8px;
  padding: 2rem; width: min(24rem, 90vw); box-sizing: border-box; overflow-wrap: anywhere }
h1 { font-size: 1.25rem; margin: 0 0 .5rem }
label { display: block; margin: 1rem 0 0; font-size: .875rem }
input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem;
  margin-top: .25rem; border: 1px solid #9aa5b1; border-radius: 4px }
button { font: inherit; color: #fff; background: #0b69a3; border: 0; border-radius: 4px;
  padding: .5rem 1rem; margin-top: 1.5rem }
button:disabled { opacity: .5 }
[hidden] { display: none }
[role=status] { min-height: 1.5rem; margin: 1rem 0 0 }`;

function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Content security policy: only the page's own script and style run, and requests go only to its own server. */
export const PAGE_POLICY =
  `default-src 'none'; script-src ${cspHash(PAGE_SCRIPT)}; style-src ${cspHash(STYLE)}; connect-src 'self'; ` +
  `form-action 'none'; base-uri 'none'; frame-ancestors 'none'`;

/** Renders the page. All inputs are trusted: they come from the program, not from users. */
export function renderTokenPage({ texts, fields, previewPath, submitPath }: TokenPage): string {
  const languages = Object.fromEntries(
    Object.entries(texts).map(([language, pageTexts]) => [language, { ...COMMON_TEXTS[language], ...pageTexts }]),
  );
  const data = JSON.stringify({ previewPath, languages }).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Parley</title>
<style>${STYLE}</style>
<main>
<h1 data-text="title"></h1>
<p id="introduction" data-text="introduction"></p>
<form data-path="${submitPath}" hidden>
<p data-text="hint"></p>
${fields.map(renderField).join('\n')}
<button data-text="button"></button>
</form>
<p role="status"></p>
<p id="end" hidden><a href="/" data-text="open"></a></p>
<noscript>This page needs JavaScript.</noscript>
</main>
<script type="application/json" id="page">${data}</script>
<script>${PAGE_SCRIPT}</script>
</html>
`;
}

function renderField({ name, label, type, autocomplete, required, shownFor }: PageField): string {
  return (
    `<label${shownFor ? ` data-for="${shownFor.join(' ')}"` : ''}><span data-text="${label}"></span>` +
    `<input name="${name}" type="${type}" autocomplete="${autocomplete}"${required ? ' required' : ''}></label>`
  );
}
