import { createArticle } from '../factories/article.js';
import { createContact } from '../factories/contact.js';
import { createConversation, createMessage } from '../factories/conversation.js';
import { registerWorkspace, type Workspace } from '../support/client.js';

interface Hit {
  readonly id: string;
  readonly rank: number;
  readonly highlight: string;
}

interface Found {
  readonly data: Readonly<Record<'conversations' | 'messages' | 'contacts' | 'articles', readonly Hit[]>>;
}

/** Text of a message or subject, and queries that find it. */
const TEXTS: Readonly<Record<string, readonly [text: string, queries: readonly string[]]>> = {
  Japanese: ['昨日注文した商品が東京都に届いていません', ['東京', '注文した', '商品', '届', '東京都に届いて']],
  Chinese: ['我昨天买的手机壳还没有发货', ['手机', '手机壳', '发货', '壳']],
  Thai: ['ผมสั่งสินค้าไปเมื่อวานนี้แต่ยังไม่ได้รับ', ['สินค้า', 'เมื่อวาน']],
  accents: ['Une crème bru\u0302lée à Łódź', ['creme', 'CRÈME', 'brulee', 'brûlée', 'lodz', 'Lo\u0301dz\u0301']],
  sharp: ['Die Hauptstraße ist groß', ['hauptstrasse', 'HAUPTSTRASSE', 'Hauptstraße', 'GROẞ', 'gross']],
  fullWidth: ['ｏｒｄｅｒ ７７１２３ はいつ', ['order', '77123', '７７１２３', 'いつ']],
  Arabic: ['أهلًا مُحَمَّد كـــتاب جميل', ['محمد', 'مُحَمَّد', 'كتاب', 'اهلا']],
  Hebrew: ['שָׁלוֹם לכולם', ['שלום', 'שָׁלוֹם']],
  link: [
    'Look at https://shop.lumberyard.example/Orders/beechwood-table?ref=mail#reviews please',
    [
      'lumberyard',
      'shop.lumberyard.example',
      'beechwood',
      'beechwood-table',
      'https://shop.lumberyard.example/Orders/beechwood-table?ref=mail#reviews',
      'https://shop.lumberyard.example/orders',
    ],
  ],
  orderNumber: [
    'My order ORD-2024-00917 and case A-1042',
    ['00917', 'ORD-2024-00917', 'ord-2024', '1042', 'A-1042', 'a-1042'],
  ],
  address: [
    'Write to Gottlob.Frege@begriffsschrift.example or call',
    [
      'gottlob',
      'frege',
      'gottlob.frege',
      'begriffsschrift',
      'begriffsschrift.example',
      'gottlob.frege@begriffsschrift.example',
    ],
  ],
  hash: ['It is about #9981 again', ['#9981', '9981']],
  numero: ['Заказ №55123 не пришёл', ['№55123', '#55123', '55123']],
  version: ['Broken since v7.19.3 again', ['7.19.3', 'v7.19.3', '7.19', 'V7.19']],
  phone: ['Call +49305550199', ['+49 30 5550199', '49305550199', '+49 (30) 555-0199']],
  IBAN: ['Pay to DE77 1234 0044 0532 0130 77', ['DE77 1234 0044', 'DE77123400440532013077', '1234 0044']],
  apostrophe: ['I don’t like gutta‑percha', ["don't", 'donʼt', 'don’t']],
  glued: ['新しいZenfoneを1577台購入', ['zenfone', '1577', 'を1577台', 'Zenfoneを']],
  emoji: ['So happy 🦩👍🏽 with it', ['🦩', '👍', '🦩👍', 'happy 🦩']],
  wordForms: ['Both refunds were delivered', ['refund', 'REFUNDS', 'deliv', 'refunds deliver']],
};

let workspace: Workspace;

beforeAll(async () => {
  workspace = await registerWorkspace();
});

async function search(q: string, type: string): Promise<Found['data']> {
  const { status, body } = await workspace.client.get<Found>('/v1/search', { q, type });
  expect(status).toBe(200);
  return body.data;
}

/** A contact without random digits, which the search for contacts could take for misspelt numbers. */
const CONTACT = { contact: { name: 'Reader' } };

describe('search text', () => {
  it.each(Object.keys(TEXTS))('should find parts of a text when it contains %s', async (name) => {
    const [text, queries] = TEXTS[name]!;
    const { id } = await createConversation(workspace.client, {
      ...CONTACT,
      subject: 'Other',
      message: { body: text },
    });
    const bySubject = await createConversation(workspace.client, { ...CONTACT, subject: text });
    const article = await createArticle(workspace.client, { title: 'Other', body: text });
    for (const q of queries) {
      const { conversations } = await search(q, 'conversation');
      expect([q, conversations.map((hit) => hit.id).sort()]).toEqual([q, [id, bySubject.id].sort()]);
      expect(conversations[0]!.highlight).toContain('<mark>');
      const { messages } = await search(q, 'message');
      expect([q, messages.length, messages[0]!.highlight]).toEqual([q, 1, expect.stringContaining('<mark>')]);
      const list = await workspace.client.get<{ data: Hit[] }>('/v1/conversations', { q });
      expect([q, list.body.data.map((hit) => hit.id).sort()]).toEqual([q, [id, bySubject.id].sort()]);
      const articles = await search(q, 'article');
      expect([q, articles.articles.map((hit) => hit.id)]).toEqual([q, [article.id]]);
    }
  });

  it('should find the host of a link when the message is HTML', async () => {
    const { id } = await createConversation(workspace.client, { ...CONTACT, subject: 'Other' });
    const body = '<p>Pay <a href="https://till.haberdashery.example/pay?x=1">here</a>.</p>';
    await createMessage(workspace.client, id, { body, content_type: 'html' });
    for (const q of ['haberdashery', 'till.haberdashery.example'])
      expect([q, (await search(q, 'conversation')).conversations.map((hit) => hit.id)]).toEqual([q, [id]]);
  });

  it('should find a contact when the name has another apostrophe', async () => {
    const { id } = await createContact(workspace.client, { name: 'Sinéad O’Connoridge' });
    for (const q of ["O'Connoridge", 'O’Connoridge', 'Oʼconnoridge'])
      expect([q, (await search(q, 'contact')).contacts]).toEqual([q, [expect.objectContaining({ id, rank: 1.5 })]]);
  });

  it('should not find words that only resemble parts of the text', async () => {
    for (const q of ['東商', '京文', '0917', 'lumber yard', 'shop.beechwood.example', '#00917', 'frege@other.example'])
      expect([q, (await search(q, 'conversation')).conversations]).toEqual([q, []]);
  });

  it.each([
    ['山田太郎', ['太郎', '山田', '田太', '山田 太郎', '郎']],
    ['สมชาย ใจดี', ['ชาย', 'ใจ']],
    ['مُحَمَّد عليّ', ['محمد', 'علي']],
    ['Ｙａｍａｄａ', ['yamada', 'ｙａｍａｄａ']],
    ['שָׂרָה', ['שרה']],
  ])('should find the contact %s by parts of the name', async (name, queries) => {
    const { id } = await createContact(workspace.client, { name });
    for (const q of queries) {
      expect([q, (await search(q, 'contact')).contacts.map((hit) => hit.id)]).toEqual([q, [id]]);
      const list = await workspace.client.get<{ data: Hit[] }>('/v1/contacts', { q });
      expect([q, list.body.data.map((hit) => hit.id)]).toEqual([q, [id]]);
    }
  });

  it('should not treat full-width signs as wildcards when contacts are searched', async () => {
    await createContact(workspace.client, { name: 'Xylopholks', email: null });
    for (const q of ['xylo％', 'xylo＿holks', 'x％lks'])
      expect([q, (await search(q, 'contact')).contacts.filter(({ rank }) => rank >= 1)]).toEqual([q, []]);
    expect((await search('ｘｙｌｏｐｈ', 'contact')).contacts).toHaveLength(1);
  });
});
