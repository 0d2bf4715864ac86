import fc from 'fast-check';
import { parseMentionedIds, renderMentions, MAX_MENTIONS } from './message-content.js';

const ADA = '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3c';
const BOB = '0198c5a2-7b1e-7c3d-9a4f-2b6d8e0f1a3d';

it('should return each mentioned user once, in order of first mention', () => {
  expect(parseMentionedIds(`@[Bob](${BOB}) and @[Ada Lovelace](${ADA.toUpperCase()}), again @[Bob](${BOB})`)).toEqual([
    BOB,
    ADA,
  ]);
});

it.each([
  '@Ada',
  `[Ada](${ADA})`,
  `@[](${ADA})`,
  '@[Ada](ada)',
  `@[Ada] (${ADA})`,
  `@[A\nda](${ADA})`,
  `@[Ada](${ADA}`,
])('should return no users when the text is %j', (text) => {
  expect(parseMentionedIds(text)).toEqual([]);
});

it.each([
  ['Ada [Support]', 'Ada [Support]'],
  ['Ada]', 'Ada]'],
  ['[x] Ada (y)', '[x] Ada (y)'],
  ['Ada \\[Support\\]', 'Ada [Support]'],
])('should find and render the mention of %s', (name, rendered) => {
  const text = `Look @[${name}](${ADA}), @[Bob](${BOB})`;
  expect(parseMentionedIds(text)).toEqual([ADA, BOB]);
  expect(renderMentions(text)).toBe(`Look @${rendered}, @Bob`);
});

it('should not join brackets before a mention with its name', () => {
  expect(renderMentions(`@[a](b) and @[c and @[Ada](${ADA}) [x](y)`)).toBe('@[a](b) and @[c and @Ada [x](y)');
});

it('should find all mentions when any text stands between them', () => {
  const mention = fc.uuid().map((id) => ({ id, text: `@[User](${id})` }));
  fc.assert(
    fc.property(fc.array(mention, { maxLength: 60 }), fc.string(), (mentions, between) => {
      const plain = between.replace(/[@[\]()]/g, '');
      expect(parseMentionedIds(mentions.map(({ text }) => text).join(plain))).toEqual(
        [...new Set(mentions.map(({ id }) => id))].slice(0, MAX_MENTIONS),
      );
    }),
  );
});
