import { Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsObject, IsOptional, IsString, Matches } from 'class-validator';
import { type TakenRequisites } from '../../application/save-draft.js';

/** One page of a form as posted. The answers are read by the form definition, not by this class. */
export class StepForm {
  @Type(() => Number)
  @IsInt({ message: 'Откройте черновик заново' })
  version = 0;

  /** When the version that the citizen sees was saved: shown beside the stored one if they differ. */
  @IsOptional()
  @IsISO8601()
  seenAt?: string;

  @IsIn(['continue', 'save'], { message: 'Нажмите «Продолжить» или «Сохранить черновик»' })
  intent: 'continue' | 'save' = 'continue';

  @IsOptional()
  @IsIn(['check'])
  from?: 'check';

  /** «Подставить»: name of the question and id of the document. */
  @IsOptional()
  @Matches(/^\w{1,60}\/[\da-f-]{36}$/, { message: 'Выберите документ из списка' })
  take?: string;

  get takeOver(): TakenRequisites | null {
    const [field, documentId] = this.take?.split('/') ?? [];
    return field && documentId ? { field, documentId } : null;
  }

  @IsOptional()
  @IsObject()
  answers: Record<string, unknown> = {};
}

/** A copy of a draft that was changed elsewhere: the page as typed. */
export class CopyForm {
  @IsString()
  step = '';

  @IsOptional()
  @IsObject()
  answers: Record<string, unknown> = {};
}
