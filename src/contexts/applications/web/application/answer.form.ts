import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsInt, IsUUID, Length } from 'class-validator';

/** Files that one answer may bring. */
export const MAX_ANSWER_FILES = 10;

const listOf = (value: unknown): unknown[] => (value === undefined || value === null || value === '' ? [] : [value].flat());

/** The citizen's answer; chosen files that arrive with it are not part of the form. */
export class AnswerForm {
  @Length(1, 4000, { message: 'Введите ответ, не больше 4000 знаков' })
  answer = '';

  /** Ids of files of the cabinet. */
  @Transform(({ value }) => listOf(value))
  @IsUUID('all', { each: true, message: 'Выберите файлы из личного кабинета ещё раз' })
  @ArrayMaxSize(MAX_ANSWER_FILES, { message: `Приложите не больше ${MAX_ANSWER_FILES} файлов` })
  cabinetFiles: string[] = [];

  /** Ids of files that a script or an earlier, refused try has already uploaded. */
  @Transform(({ value }) => listOf(value))
  @IsUUID('all', { each: true, message: 'Выберите файлы ещё раз' })
  @ArrayMaxSize(MAX_ANSWER_FILES, { message: `Приложите не больше ${MAX_ANSWER_FILES} файлов` })
  uploaded: string[] = [];

  /** Lines of history that the page showed. */
  @Type(() => Number)
  @IsInt({ message: 'Откройте страницу заявления заново' })
  seen = 0;

  get fileIds(): string[] {
    return [...new Set([...this.cabinetFiles, ...this.uploaded])];
  }
}

/** A withdrawal names what the citizen saw. */
export class WithdrawForm {
  @Type(() => Number)
  @IsInt({ message: 'Откройте страницу заявления заново' })
  seen = 0;
}
