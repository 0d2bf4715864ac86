import { Module } from '@nestjs/common';
import { SearchService } from '@parley/kernel/search';
import { SearchController } from './search.controller.js';

/** Search over the search types of all domains. */
@Module({ controllers: [SearchController], providers: [SearchService] })
export class SearchModule {}
