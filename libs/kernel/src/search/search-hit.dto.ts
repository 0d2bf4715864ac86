import { NumberField, StringField, UuidField } from '../http/fields.js';

/** A search result. DTOs of search types extend it. */
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
