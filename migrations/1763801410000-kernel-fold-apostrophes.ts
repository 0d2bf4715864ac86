import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Folds curly apostrophes to `'` and number signs (`№`) to `#`. The migrations after it compute the stored texts and
 * vectors again that contain them.
 */
export class KernelFoldApostrophes1763801410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter function kernel.fold_unicode_text(text) rename to fold_letters`);
    await runner.query(`
      create function kernel.fold_unicode_text(value text) returns text language plpgsql immutable parallel safe as $$
      begin
        return kernel.fold_letters(replace(translate(value, '‘’ʼ№', '''''''#'), 'ŉ', '''n'));
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function kernel.fold_unicode_text(text)`);
    await runner.query(`alter function kernel.fold_letters(text) rename to fold_unicode_text`);
  }
}
