/**
 * Script of the pages. The token is in the fragment, which is not sent to servers, and is removed from the address bar
 * at once. Data of the link is shown as text only.
 */
export const PAGE_SCRIPT = `
const page = JSON.parse(document.querySelector('#page').textContent);
const form = document.querySelector('form');
const output = document.querySelector('[role=status]');
const token = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', location.pathname);
let texts = page.languages.en;
let values = {};

const fill = (text = '') => text.replace(/\\{(\\w+)\\}/g, (_match, name) => values[name] ?? '').trim();
const post = (path, body) => fetch(path, {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

function showTexts(keys) {
  for (const element of document.querySelectorAll('[data-text]'))
    element.textContent = fill(texts[keys[element.dataset.text] ?? element.dataset.text]);
  document.title = fill(texts.title) + ' · Parley';
}

function finish(text) {
  form.hidden = true;
  document.querySelector('#introduction').hidden = true;
  document.querySelector('#end').hidden = false;
  output.textContent = text;
}

function showLink(link) {
  const [language] = link.locale.toLowerCase().split('-');
  if (language in page.languages) texts = page.languages[language];
  document.documentElement.lang = language in page.languages ? language : 'en';
  values = {
    email: link.email, previous: link.previous_email, inviter: link.inviter_name,
    workspace: link.workspace_name ?? link.workspace_names.join(', ') };
  for (const label of document.querySelectorAll('label')) {
    const isUsed = !label.dataset.for || label.dataset.for.split(' ').includes(link.password);
    const input = label.querySelector('input');
    label.hidden = !isUsed;
    input.disabled = !isUsed;
    if (isUsed && input.name === 'name') input.value = link.name;
  }
  texts = { ...texts, hint: texts.hints?.[link.password] };
  showTexts({ introduction: link.inviter_name && texts.introductionByInviter ? 'introductionByInviter' : 'introduction' });
  form.hidden = false;
}

async function load() {
  showTexts({});
  if (!token) return finish(texts.incomplete);
  try {
    const response = await post(page.previewPath, { token });
    const body = await response.json();
    if (response.ok) showLink(body.data);
    else finish(response.status === 401 ? texts.invalid : body.error.message);
  } catch { finish(texts.unreachable); }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  output.textContent = '';
  try {
    const fields = [...new FormData(form)].filter(([, value]) => value !== '');
    const response = await post(form.dataset.path, { ...Object.fromEntries(fields), token });
    if (response.ok) return finish(fill(texts.done));
    const { error } = await response.json();
    const details = Object.values(error.details ?? {}).flat().filter((detail) => typeof detail === 'string');
    output.textContent = error.code === 'BAD_REQUEST' && details.length > 0 ? details.join('; ') : error.message;
  } catch { output.textContent = texts.unreachable; }
  button.disabled = false;
});
load();`;
