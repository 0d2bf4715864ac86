import { badRequestError } from '@parley/kernel';
import { validateObject, EnumField, BooleanField, NestedListField, StringField, UrlField } from '@parley/kernel/http';
import type { ContentType } from '../message.view.js';

/** Button of a card. */
export class CardActionDto {
  @EnumField(['link', 'postback'], {
    description: 'Button type: `link` opens `uri`; `postback` sends `payload` to the team.',
  })
  type: 'link' | 'postback';

  @StringField({ description: 'Button label.', min: 1, max: 100, example: 'See the invoice' })
  text: string;

  @UrlField({ description: 'URL that a `link` opens.', optional: true, example: 'https://example.com/invoices/4711' })
  uri?: string;

  @StringField({
    description: 'Payload sent when a `postback` button is pressed.',
    optional: true,
    min: 1,
    max: 1000,
    example: 'resend-4711',
  })
  payload?: string;
}

/** Card with an image, a title and buttons. */
export class CardDto {
  @StringField({ description: 'Title of the card.', min: 1, max: 200, example: 'Invoice 4711', trim: true })
  title: string;

  @StringField({ description: 'Text of the card.', optional: true, max: 1000, example: 'Due on 1 February' })
  description?: string;

  @UrlField({ description: 'URL of an image.', optional: true, example: 'https://example.com/invoice.png' })
  media_url?: string;

  @NestedListField(() => CardActionDto, { description: 'Buttons of the card.', optional: true, maxItems: 5 })
  actions?: CardActionDto[];
}

/** Option to select. */
export class OptionDto {
  @StringField({ description: 'Label of the option.', min: 1, max: 200, example: 'By e-mail', trim: true })
  title: string;

  @StringField({ description: 'Value that the option submits.', min: 1, max: 200, example: 'email' })
  value: string;
}

/** Field of a form. */
export class FormFieldDto {
  @StringField({
    description: 'Name of the field in the submitted form.',
    min: 1,
    max: 60,
    pattern: /^[a-z][a-z0-9_]*$/,
    patternHint: 'must be lower-case letters, digits and _',
    example: 'order_id',
    trim: true,
  })
  name: string;

  @StringField({ description: 'Label of the field.', min: 1, max: 200, example: 'Order number', trim: true })
  label: string;

  @EnumField(['select', 'text', 'text_area', 'email'], {
    description: 'Input type. `select` requires `options`.',
  })
  type: 'text' | 'text_area' | 'email' | 'select';

  @StringField({ description: 'Text shown while the field is empty.', optional: true, max: 200, example: '4711' })
  placeholder?: string;

  @BooleanField({ description: 'If true, the field must be filled in. Default: false.', optional: true })
  required?: boolean;

  @NestedListField(() => OptionDto, {
    description: 'Options of a `select` field.',
    optional: true,
    minItems: 1,
    maxItems: 50,
    example: [{ title: 'By e-mail', value: 'email' }],
  })
  options?: OptionDto[];
}

/** Link to an article. */
export class ArticleLinkDto {
  @StringField({
    description: 'Title of the article.',
    min: 1,
    max: 200,
    example: 'How to read your invoice',
    trim: true,
  })
  title: string;

  @StringField({ description: 'Summary of the article.', optional: true, max: 1000, example: 'Line by line.' })
  description?: string;

  @UrlField({ description: 'URL of the article.', example: 'https://help.example.com/invoices' })
  link: string;
}

/** `content_attributes` of the type `cards`. */
export class CardsContentDto {
  @NestedListField(() => CardDto, { description: 'Cards, in display order.', minItems: 1, maxItems: 10 })
  items: CardDto[];
}

/** `content_attributes` of the type `form`. */
export class FormContentDto {
  @NestedListField(() => FormFieldDto, { description: 'Fields, in display order.', minItems: 1, maxItems: 20 })
  items: FormFieldDto[];
}

/** `content_attributes` of the type `select`. */
export class SelectContentDto {
  @NestedListField(() => OptionDto, { description: 'Options, in display order.', minItems: 1, maxItems: 50 })
  items: OptionDto[];
}

/** `content_attributes` of the type `articles`. */
export class ArticlesContentDto {
  @NestedListField(() => ArticleLinkDto, { description: 'Articles, in display order.', minItems: 1, maxItems: 10 })
  items: ArticleLinkDto[];
}

/** DTO classes of rich content, for the documentation. */
export const RICH_CONTENT = {
  cards: CardsContentDto,
  form: FormContentDto,
  select: SelectContentDto,
  articles: ArticlesContentDto,
} as const;

/**
 * Validates the items of rich content; ignores other attributes.
 * @param path prefix of the field names in errors.
 * @throws DomainError BAD_REQUEST with all errors by path.
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
      errors[`${path}.items[${index}].options`] = [
        'options are required for the type select and not allowed for other types',
      ];
    }
  });
  if (Object.keys(errors).length > 0) throw badRequestError(errors);
}

function collectCardErrors({ actions = [] }: CardDto, path: string, errors: Record<string, string[]>): void {
  actions.forEach(({ type, uri, payload }, index) => {
    if (type === 'link' && uri === undefined) errors[`${path}.actions[${index}].uri`] = ['uri is required for a link'];
    if (type === 'postback' && payload === undefined)
      errors[`${path}.actions[${index}].payload`] = ['payload is required for a postback'];
  });
}
