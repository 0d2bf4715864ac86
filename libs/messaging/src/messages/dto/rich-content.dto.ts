import { badRequestError } from '@parley/kernel';
import { validateObject, EnumField, BooleanField, NestedListField, StringField, UrlField } from '@parley/kernel/http';
import type { ContentType } from '../message.view.js';

/** Something to press on a card. */
export class CardActionDto {
  @EnumField(['link', 'postback'], { description: '`link` opens `uri`; `postback` says `payload` to the team.' })
  type: 'link' | 'postback';

  @StringField({ description: 'What stands on it.', min: 1, max: 100, example: 'See the invoice' })
  text: string;

  @UrlField({ description: 'Where a link leads.', optional: true, example: 'https://example.com/invoices/4711' })
  uri?: string;

  @StringField({ description: 'What a postback says.', optional: true, min: 1, max: 1000, example: 'resend-4711' })
  payload?: string;
}

/** A card: a picture, a title and things to press. */
export class CardDto {
  @StringField({ description: 'Title.', min: 1, max: 200, example: 'Invoice 4711' })
  title: string;

  @StringField({ description: 'What it says.', optional: true, max: 1000, example: 'Due on 1 February' })
  description?: string;

  @UrlField({ description: 'A picture.', optional: true, example: 'https://example.com/invoice.png' })
  media_url?: string;

  @NestedListField(() => CardActionDto, { description: 'What can be pressed.', optional: true, maxItems: 5 })
  actions?: CardActionDto[];
}

/** What can be chosen. */
export class OptionDto {
  @StringField({ description: 'What is shown.', min: 1, max: 200, example: 'By e-mail' })
  title: string;

  @StringField({ description: 'What is answered.', min: 1, max: 200, example: 'email' })
  value: string;
}

/** A field of a form. */
export class FormFieldDto {
  @StringField({
    description: 'Name under which it is answered.',
    min: 1,
    max: 60,
    pattern: /^[a-z][a-z0-9_]*$/,
    patternHint: 'must be lower-case letters, digits and _',
    example: 'order_id',
  })
  name: string;

  @StringField({ description: 'What is asked.', min: 1, max: 200, example: 'Order number' })
  label: string;

  @EnumField(['text', 'text_area', 'email', 'select'], {
    description: 'How it is answered; `select` goes with `options`.',
  })
  type: 'text' | 'text_area' | 'email' | 'select';

  @StringField({ description: 'Shown while it is empty.', optional: true, max: 200, example: '4711' })
  placeholder?: string;

  @BooleanField({ description: 'Whether it must be answered. Default false.', optional: true })
  required?: boolean;

  @NestedListField(() => OptionDto, {
    description: 'What can be chosen.',
    optional: true,
    minItems: 1,
    maxItems: 50,
    example: [],
  })
  options?: OptionDto[];
}

/** An article to read. */
export class ArticleLinkDto {
  @StringField({ description: 'Title.', min: 1, max: 200, example: 'How to read your invoice' })
  title: string;

  @StringField({ description: 'What it is about.', optional: true, max: 1000, example: 'Line by line.' })
  description?: string;

  @UrlField({ description: 'Where it is.', example: 'https://help.example.com/invoices' })
  link: string;
}

/** `content_attributes` of the type `cards`. */
export class CardsContentDto {
  @NestedListField(() => CardDto, { description: 'Cards, in order.', minItems: 1, maxItems: 10 })
  items: CardDto[];
}

/** `content_attributes` of the type `form`. */
export class FormContentDto {
  @NestedListField(() => FormFieldDto, { description: 'Fields, in order.', minItems: 1, maxItems: 20 })
  items: FormFieldDto[];
}

/** `content_attributes` of the type `select`. */
export class SelectContentDto {
  @NestedListField(() => OptionDto, { description: 'What can be chosen, in order.', minItems: 1, maxItems: 50 })
  items: OptionDto[];
}

/** `content_attributes` of the type `articles`. */
export class ArticlesContentDto {
  @NestedListField(() => ArticleLinkDto, { description: 'Articles, in order.', minItems: 1, maxItems: 10 })
  items: ArticleLinkDto[];
}

/** The classes of rich content, for the documentation. */
export const RICH_CONTENT = {
  cards: CardsContentDto,
  form: FormContentDto,
  select: SelectContentDto,
  articles: ArticlesContentDto,
} as const;

/**
 * Checks the items of rich content; whatever else stands beside them is the caller's own.
 * @param path where the request has them.
 * @throws DomainError BAD_REQUEST with every fault by its path.
 */
export function validateContentAttributes(
  contentType: ContentType,
  attributes: Readonly<Record<string, unknown>>,
  path: string,
): void {
  if (!Object.hasOwn(RICH_CONTENT, contentType)) return;
  const { items } = validateObject<{ items: object[] }>(
    RICH_CONTENT[contentType as keyof typeof RICH_CONTENT],
    { items: attributes.items },
    path,
  );
  const errors: Record<string, string[]> = {};
  items.forEach((item, index) => {
    if (item instanceof CardDto) collectCardErrors(item, `${path}.items[${index}]`, errors);
    if (item instanceof FormFieldDto && (item.type === 'select') !== (item.options !== undefined)) {
      errors[`${path}.items[${index}].options`] = ['options go with the type select, and only with it'];
    }
  });
  if (Object.keys(errors).length > 0) throw badRequestError(errors);
}

function collectCardErrors({ actions = [] }: CardDto, path: string, errors: Record<string, string[]>): void {
  actions.forEach(({ type, uri, payload }, index) => {
    if (type === 'link' && uri === undefined) errors[`${path}.actions[${index}].uri`] = ['a link needs a uri'];
    if (type === 'postback' && payload === undefined)
      errors[`${path}.actions[${index}].payload`] = ['a postback needs a payload'];
  });
}
