import { runInNewContext } from 'node:vm';
import { setImmediate } from 'node:timers/promises';
import { PAGE_SCRIPT } from './page-script.js';
import { COMMON_TEXTS, EMAIL_TEXTS, INVITATION_TEXTS, RESET_TEXTS } from './page-texts.js';
import { renderTokenPage } from './token-page.js';

interface Input {
  readonly name: string;
  value: string;
  disabled: boolean;
}

interface PageElement {
  hidden: boolean;
  textContent: string;
  readonly dataset: Record<string, string>;
}

const HTML = renderTokenPage({
  texts: INVITATION_TEXTS,
  fields: [
    { name: 'name', label: 'name', type: 'text', autocomplete: 'name', required: true, shownFor: ['new'] },
    {
      name: 'password',
      label: 'newPassword',
      type: 'password',
      autocomplete: 'off',
      required: true,
      shownFor: ['new'],
    },
    { name: 'totp_code', label: 'code', type: 'text', autocomplete: 'off', required: false, shownFor: ['existing'] },
  ],
  previewPath: '/preview',
  submitPath: '/accept',
});
const LINK = {
  workspace_name: 'Acme <b>Support</b>',
  locale: 'en',
  inviter_name: 'Sarah Chen',
  email: 'ben@acme.example',
  name: 'Ben Ode',
  password: 'new',
};

/** Runs the script on the elements of the page that it uses, and returns them after the link is loaded. */
async function open(answer: { status: number; body: unknown } | null, hash = '#token=inv_1') {
  const element = (dataset: Record<string, string> = {}): PageElement => ({ hidden: false, textContent: '', dataset });
  const texts = [...HTML.matchAll(/data-text="(\w+)"/g)].map(([, text]) => element({ text: text! }));
  const labels = [...HTML.matchAll(/<label data-for="([^"]+)">.*?name="(\w+)"/g)].map(([, kinds, name]) => {
    const input: Input = { name: name!, value: '', disabled: false };
    return { ...element({ for: kinds! }), input, querySelector: () => input };
  });
  const [, data] = /<script type="application\/json" id="page">(.*?)<\/script>/.exec(HTML)!;
  const form = { ...element(), addEventListener: () => undefined };
  const introduction = texts.find(({ dataset }) => dataset.text === 'introduction')!;
  const single: Record<string, unknown> = {
    '#page': { textContent: data },
    form,
    '[role=status]': element(),
    '#introduction': introduction,
    '#end': element(),
  };
  const document = {
    title: '',
    documentElement: { lang: 'en' },
    querySelector: (selector: string) => single[selector],
    querySelectorAll: (selector: string) => (selector === 'label' ? labels : texts),
  };
  const requests: [string, unknown][] = [];
  const fetch = (path: string, { body }: { body: string }): Promise<unknown> => {
    requests.push([path, JSON.parse(body)]);
    if (!answer) return Promise.reject(new Error('unreachable'));
    const { status, body: json } = answer;
    return Promise.resolve({ ok: status < 300, status, json: () => Promise.resolve(json) });
  };
  const location = { hash, pathname: '/accept-invitation' };
  runInNewContext(PAGE_SCRIPT, {
    document,
    fetch,
    location,
    history: { replaceState: () => undefined },
    URLSearchParams,
  });
  await setImmediate();
  const textOf = (key: string): string => texts.find(({ dataset }) => dataset.text === key)!.textContent;
  return { document, form, labels, requests, textOf, status: single['[role=status]'] as PageElement };
}

describe('page of a link', () => {
  it('should show who invites whom to what and fill in the known name', async () => {
    const { document, labels, requests, textOf } = await open({ status: 200, body: { data: LINK } });
    expect(requests).toEqual([['/preview', { token: 'inv_1' }]]);
    expect(textOf('title')).toBe('Join Acme <b>Support</b>');
    expect(document.title).toBe('Join Acme <b>Support</b> · Parley');
    expect(textOf('introduction')).toBe('Sarah Chen has invited you to join Acme <b>Support</b> as ben@acme.example.');
    expect(textOf('hint')).toMatch(/^Choose a password/);
    expect(labels.map(({ input, hidden }) => [input.name, input.value, hidden])).toEqual([
      ['name', 'Ben Ode', false],
      ['password', '', false],
      ['totp_code', '', true],
    ]);
  });

  it('should ask only for the fields that the link requires', async () => {
    const { labels, textOf } = await open({ status: 200, body: { data: { ...LINK, password: 'existing' } } });
    expect(labels.map(({ input }) => input.disabled)).toEqual([true, true, false]);
    expect(textOf('hint')).toBe('You already have an account. Enter its password.');
  });

  it.each([
    ['de-CH', 'de', 'Acme <b>Support</b> beitreten'],
    ['fr', 'fr', 'Rejoindre Acme <b>Support</b>'],
    ['ja', 'en', 'Join Acme <b>Support</b>'],
  ])('should use the language of a workspace with the locale %s', async (locale, language, title) => {
    const { document, textOf } = await open({ status: 200, body: { data: { ...LINK, locale } } });
    expect([document.documentElement.lang, textOf('title')]).toEqual([language, title]);
  });

  it('should end with a message when the link is invalid, incomplete or the server unreachable', async () => {
    const invalid = await open({ status: 401, body: { error: { message: 'Wrong' } } });
    expect([invalid.form.hidden, invalid.status.textContent]).toEqual([true, COMMON_TEXTS.en!.invalid]);
    expect((await open(null)).status.textContent).toBe(COMMON_TEXTS.en!.unreachable);
    const incomplete = await open({ status: 200, body: {} }, '');
    expect([incomplete.status.textContent, incomplete.requests]).toEqual([COMMON_TEXTS.en!.incomplete, []]);
  });
});

describe('texts of the pages', () => {
  it('should exist in the same languages and refer to the same data', () => {
    const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
    for (const texts of [INVITATION_TEXTS, RESET_TEXTS, EMAIL_TEXTS]) {
      expect(Object.keys(texts)).toEqual(Object.keys(COMMON_TEXTS));
      for (const { title, introduction } of Object.values(texts)) {
        expect(placeholders(title)).toEqual(placeholders(texts.en!.title));
        expect(placeholders(introduction)).toEqual(placeholders(texts.en!.introduction));
      }
    }
  });
});
