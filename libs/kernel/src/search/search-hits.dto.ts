import {
  EnumField,
  NumberField,
  EmailField,
  UuidField,
  IntegerField,
  NestedField,
  StringField,
  StringListField,
  DateField,
} from '../http/fields.js';

/** One object found. */
export class SearchHitDto {
  @UuidField({ description: 'Id of the object.' })
  id: string;

  @NumberField({ description: 'Greater is better; comparable within one kind.', example: 0.61 })
  rank: number;

  @StringField({
    description: 'Where the words were found, with `<mark>` around them and all else HTML-escaped.',
    example: 'The <mark>billing</mark> page is empty',
    max: 2000,
  })
  highlight: string;
}

/** Whom a conversation that was found is with. */
export class HitContactDto {
  @UuidField({ description: 'Id of the contact.' })
  id: string;

  @StringField({ description: 'Name.', nullable: true, example: 'John Doe' })
  name: string | null;
}

/** A conversation found. */
export class ConversationHitDto extends SearchHitDto {
  @IntegerField({ description: 'Its number in the workspace.', example: 42 })
  number: number;

  @StringField({ description: 'What it is about.', nullable: true, example: 'Missing invoice' })
  subject: string | null;

  @StringField({ description: 'Where it stands.', example: 'open' })
  status: string;

  @StringField({ description: 'How urgent it is.', example: 'normal' })
  priority: string;

  @StringField({ description: 'The way it came in.', example: 'email' })
  channel: string;

  @NestedField(() => HitContactDto, { description: 'The customer.' })
  contact: HitContactDto;

  @DateField({ description: 'When something was said in it last.' })
  last_activity_at: string;
}

/** The conversation of a message that was found. */
export class HitConversationDto {
  @UuidField({ description: 'Id of the conversation.' })
  id: string;

  @IntegerField({ description: 'Its number in the workspace.', example: 42 })
  number: number;

  @StringField({ description: 'What it is about.', nullable: true, example: 'Missing invoice' })
  subject: string | null;
}

/** A message found. */
export class MessageHitDto extends SearchHitDto {
  @EnumField(['comment', 'reply', 'note', 'system'], { description: 'Who speaks to whom in it.' })
  type: string;

  @StringField({ description: 'What kind of author wrote it.', example: 'contact' })
  author_type: string;

  @StringField({ description: 'Who wrote it.', nullable: true, example: 'John Doe' })
  author_name: string | null;

  @NestedField(() => HitConversationDto, { description: 'The conversation it was said in.' })
  conversation: HitConversationDto;

  @DateField({ description: 'When it was written.' })
  created_at: string;
}

/** A contact found. */
export class ContactHitDto extends SearchHitDto {
  @StringField({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;

  @EmailField({ description: 'Where mail reaches them.', nullable: true, example: 'john@example.com' })
  email: string | null;

  @StringField({ description: 'Telephone number.', nullable: true, example: '+14155550123' })
  phone: string | null;

  @StringField({ description: 'Company.', nullable: true, example: 'Acme' })
  company: string | null;
}

/** An article found. */
export class ArticleHitDto extends SearchHitDto {
  @StringField({ description: 'Title.', max: 500, example: 'How to read your invoice' })
  title: string;

  @StringField({ description: 'What stands for it in addresses.', max: 500, example: 'how-to-read-your-invoice' })
  slug: string;

  @StringField({ description: 'Language.', example: 'en' })
  locale: string;

  @StringField({ description: 'Whether it is published.', example: 'published' })
  status: string;

  @StringListField({ description: 'Tags.', example: ['billing'] })
  tags: string[];

  @DateField({ description: 'When it was changed last.' })
  updated_at: string;
}
