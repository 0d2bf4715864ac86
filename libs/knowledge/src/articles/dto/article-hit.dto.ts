import { DateField, StringField, StringListField } from '@parley/kernel/http';
import { SearchHitDto } from '@parley/kernel/search';

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
