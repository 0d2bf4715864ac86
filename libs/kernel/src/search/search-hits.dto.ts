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

/** A search result. */
export class SearchHitDto {
  @UuidField({ description: 'ID of the object.' })
  id: string;

  @NumberField({
    description: 'Relevance. Higher is better; comparable only among results of one type.',
    example: 0.61,
  })
  rank: number;

  @StringField({
    description: 'HTML excerpt with `<mark>` around the matching words. Everything else is escaped.',
    example: 'The <mark>billing</mark> page is empty',
    max: 2000,
  })
  highlight: string;
}

/** Contact of a conversation in the search results. */
export class HitContactDto {
  @UuidField({ description: 'ID of the contact.' })
  id: string;

  @StringField({ description: 'Name.', nullable: true, example: 'John Doe' })
  name: string | null;
}

/** A conversation in the search results. */
export class ConversationHitDto extends SearchHitDto {
  @IntegerField({ description: 'Number of the conversation in the workspace.', example: 42 })
  number: number;

  @StringField({ description: 'Subject line.', nullable: true, example: 'Missing invoice' })
  subject: string | null;

  @StringField({ description: 'Status.', example: 'open' })
  status: string;

  @StringField({ description: 'Priority.', example: 'normal' })
  priority: string;

  @StringField({ description: 'Channel the conversation arrived through, for example `email`.', example: 'email' })
  channel: string;

  @NestedField(() => HitContactDto, { description: 'Contact of the conversation.' })
  contact: HitContactDto;

  @DateField({ description: 'Time of the last activity.' })
  last_activity_at: string;
}

/** Conversation of a message in the search results. */
export class HitConversationDto {
  @UuidField({ description: 'ID of the conversation.' })
  id: string;

  @IntegerField({ description: 'Number of the conversation in the workspace.', example: 42 })
  number: number;

  @StringField({ description: 'Subject line.', nullable: true, example: 'Missing invoice' })
  subject: string | null;
}

/** A message in the search results. */
export class MessageHitDto extends SearchHitDto {
  @EnumField(['comment', 'reply', 'note', 'system'], { description: 'Type of the message.' })
  type: string;

  @StringField({ description: 'Type of the author.', example: 'contact' })
  author_type: string;

  @StringField({ description: 'Name of the author.', nullable: true, example: 'John Doe' })
  author_name: string | null;

  @NestedField(() => HitConversationDto, { description: 'Conversation of the message.' })
  conversation: HitConversationDto;

  @DateField({ description: 'Time of creation.' })
  created_at: string;
}

/** A contact in the search results. */
export class ContactHitDto extends SearchHitDto {
  @StringField({ description: 'Full name.', nullable: true, example: 'John Doe' })
  name: string | null;

  @EmailField({ description: 'E-mail address.', nullable: true, example: 'john@example.com' })
  email: string | null;

  @StringField({ description: 'Phone number in E.164 format.', nullable: true, example: '+14155550123' })
  phone: string | null;

  @StringField({ description: 'Company.', nullable: true, example: 'Acme' })
  company: string | null;
}

/** An article in the search results. */
export class ArticleHitDto extends SearchHitDto {
  @StringField({ description: 'Title.', max: 500, example: 'How to read your invoice' })
  title: string;

  @StringField({
    description: 'Part of the URL that identifies the article.',
    max: 500,
    example: 'how-to-read-your-invoice',
  })
  slug: string;

  @StringField({ description: 'Language.', example: 'en' })
  locale: string;

  @StringField({ description: 'Publication status.', example: 'published' })
  status: string;

  @StringListField({ description: 'Tags.', example: ['billing'] })
  tags: string[];

  @DateField({ description: 'Time of the last change.' })
  updated_at: string;
}
