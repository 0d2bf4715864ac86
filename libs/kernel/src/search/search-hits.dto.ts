import { Choice, Decimal, Email, Id, Integer, Nested, Text, TextList, Time } from '../http/fields.js';

/** One object found. */
export class SearchHitDto {
  @Id({ description: 'Id of the object.' })
  id: string;

  @Decimal({ description: 'Greater is better; comparable within one kind.', example: 0.61 })
  rank: number;

  @Text({
    description: 'Where the words were found, with `<mark>` around them and all else HTML-escaped.',
    example: 'The <mark>billing</mark> page is empty',
    max: 2000,
  })
  highlight: string;
}

/** Whom a conversation that was found is with. */
export class HitContactDto {
  @Id({ description: 'Id of the contact.' })
  id: string;

  @Text({ description: 'Name.', nullable: true, example: 'John Doe' })
  name: string | null;
}

/** A conversation found. */
export class ConversationHitDto extends SearchHitDto {
  @Integer({ description: 'Its number in the workspace.', example: 42 })
  number: number;

  @Text({ description: 'What it is about.', nullable: true, example: 'Missing invoice' })
  subject: string | null;

  @Text({ description: 'Where it stands.', example: 'open' })
  status: string;

  @Text({ description: 'How urgent it is.', example: 'normal' })
  priority: string;

  @Text({ description: 'The way it came in.', example: 'email' })
  channel: string;

  @Nested(() => HitContactDto, { description: 'The customer.' })
  contact: HitContactDto;

  @Time({ description: 'When something was said in it last.' })
  last_activity_at: string;
}

/** The conversation of a message that was found. */
export class HitConversationDto {
  @Id({ description: 'Id of the conversation.' })
  id: string;

  @Integer({ description: 'Its number in the workspace.', example: 42 })
  number: number;

  @Text({ description: 'What it is about.', nullable: true, example: 'Missing invoice' })
  subject: string | null;
}

/** A message found. */
export class MessageHitDto extends SearchHitDto {
  @Choice(['comment', 'reply', 'note', 'system'], { description: 'Who speaks to whom in it.' })
  type: string;

  @Text({ description: 'What kind of author wrote it.', example: 'contact' })
  author_type: string;

  @Text({ description: 'Who wrote it.', nullable: true, example: 'John Doe' })
  author_name: string | null;

  @Nested(() => HitConversationDto, { description: 'The conversation it was said in.' })
  conversation: HitConversationDto;

  @Time({ description: 'When it was written.' })
  created_at: string;
}

/** A contact found. */
export class ContactHitDto extends SearchHitDto {
  @Text({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;

  @Email({ description: 'Where mail reaches them.', nullable: true, example: 'john@example.com' })
  email: string | null;

  @Text({ description: 'Telephone number.', nullable: true, example: '+14155550123' })
  phone: string | null;

  @Text({ description: 'Company.', nullable: true, example: 'Acme' })
  company: string | null;
}

/** An article found. */
export class ArticleHitDto extends SearchHitDto {
  @Text({ description: 'Title.', max: 500, example: 'How to read your invoice' })
  title: string;

  @Text({ description: 'What stands for it in addresses.', max: 500, example: 'how-to-read-your-invoice' })
  slug: string;

  @Text({ description: 'Language.', example: 'en' })
  locale: string;

  @Text({ description: 'Whether it is published.', example: 'published' })
  status: string;

  @TextList({ description: 'Tags.', example: ['billing'] })
  tags: string[];

  @Time({ description: 'When it was changed last.' })
  updated_at: string;
}
