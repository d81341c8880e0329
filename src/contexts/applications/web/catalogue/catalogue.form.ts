import { IsString, Matches, MaxLength } from 'class-validator';

/** What is looked for in the catalogue. */
export class CatalogueSearch {
  @IsString()
  @MaxLength(200, { message: 'Запишите короче, не больше 200 знаков' })
  q = '';

  @Matches(/^[A-Z_]{0,60}$/, { message: 'Выберите раздел из списка' })
  sphere = '';
}
