import { createHash } from 'node:crypto';

/** Page that reads the token of a link, asks for further fields, and posts both to the API. */
export interface TokenPage {
  readonly title: string;
  readonly introduction: string;
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly type: 'text' | 'password';
    readonly autocomplete: string;
    readonly required: boolean;
  }[];
  readonly buttonLabel: string;
  /** Path that the fields and the token are posted to, as JSON. */
  readonly submitPath: string;
  readonly successMessage: string;
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; color: #1f2933; background: #f5f7fa;
  display: grid; place-items: center; min-height: 100vh; margin: 0 }
main { background: #fff; border: 1px solid #e4e7eb; border-radius: 8px;
  padding: 2rem; width: min(24rem, 90vw); box-sizing: border-box }
h1 { font-size: 1.25rem; margin: 0 0 .5rem }
label { display: block; margin: 1rem 0 0; font-size: .875rem }
input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem;
  margin-top: .25rem; border: 1px solid #9aa5b1; border-radius: 4px }
button { font: inherit; color: #fff; background: #0b69a3; border: 0; border-radius: 4px;
  padding: .5rem 1rem; margin-top: 1.5rem }
button:disabled { opacity: .5 }
[role=status] { min-height: 1.5rem; margin: 1rem 0 0 }`;

// The token is in the fragment, which is not sent to servers, and is removed from the address bar at once.
const SCRIPT = `
const form = document.querySelector('form');
const output = document.querySelector('[role=status]');
const token = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', location.pathname);
if (!token) { form.hidden = true; output.textContent = 'This link is incomplete. Open it from the e-mail again.'; }
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  output.textContent = '';
  try {
    const fields = [...new FormData(form)].filter(([, value]) => value !== '');
    const response = await fetch(form.dataset.path, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...Object.fromEntries(fields), token }) });
    if (response.ok) { form.hidden = true; output.textContent = form.dataset.success; return; }
    const { error } = await response.json();
    const details = Object.values(error.details ?? {}).flat().filter((detail) => typeof detail === 'string');
    output.textContent = error.code === 'BAD_REQUEST' && details.length > 0 ? details.join('; ') : error.message;
  } catch { output.textContent = 'The server is unreachable. Try again.'; }
  button.disabled = false;
});`;

function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Content security policy: only the page's own script and style run, and requests go only to its own server. */
export const PAGE_POLICY =
  `default-src 'none'; script-src ${cspHash(SCRIPT)}; style-src ${cspHash(STYLE)}; connect-src 'self'; ` +
  `form-action 'none'; base-uri 'none'; frame-ancestors 'none'`;

/** Renders the page. All inputs are trusted: they come from the program, not from users. */
export function renderTokenPage({
  title,
  introduction,
  fields,
  buttonLabel,
  submitPath,
  successMessage,
}: TokenPage): string {
  const inputs = fields.map(
    ({ name, label, type, autocomplete, required }) =>
      `<label>${label}<input name="${name}" type="${type}" autocomplete="${autocomplete}"` +
      `${required ? ' required' : ''}></label>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title} · Parley</title>
<style>${STYLE}</style>
<main>
<h1>${title}</h1>
<p>${introduction}</p>
<form data-path="${submitPath}" data-success="${successMessage}">
${inputs.join('\n')}
<button>${buttonLabel}</button>
</form>
<p role="status"></p>
<noscript>This page needs JavaScript.</noscript>
</main>
<script>${SCRIPT}</script>
</html>
`;
}
