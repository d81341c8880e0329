import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Length, ValidateBy, ValidateIf } from 'class-validator';
import { isCalendarDay } from '../../../../kernel/legal-day.js';
import { parseDay } from '../../../../platform/views/format.js';

const REOPEN = 'Откройте страницу заявления заново';
const Text = (message: string) => Length(1, 4000, { message: `${message}, не больше 4000 знаков` });

/** Every order on a case names the lines of history that the page showed. */
export class CaseForm {
  @Type(() => Number)
  @IsInt({ message: REOPEN })
  seen = 0;
}

const Uploaded = () => (form: object, property: string) => {
  Transform(({ value }) => (value === '' ? null : (value as unknown)))(form, property);
  IsUUID('all', { message: 'Приложите файл ещё раз' })(form, property);
  IsOptional()(form, property);
};

/** An order that may bring a paper: ids of the files that an earlier, refused try has already uploaded. */
export class PaperForm extends CaseForm {
  @Uploaded()
  uploadedFile: string | null = null;

  @Uploaded()
  uploadedSignature: string | null = null;
}

export class ProgressForm extends PaperForm {
  @Text('Напишите заявителю, что сделано')
  comment = '';
}

export class RequestInfoForm extends CaseForm {
  @Text('Напишите, каких сведений не хватает')
  question = '';

  /** Typed as `27.03.2027`, read as `2027-03-27`; what is no day stays as typed. */
  @Transform(({ value }) => (typeof value === 'string' ? (parseDay(value) ?? value) : ''))
  @ValidateBy({
    name: 'day',
    validator: {
      validate: (value) => typeof value === 'string' && isCalendarDay(value),
      defaultMessage: () => 'Введите последний день ответа, например 27.03.2027',
    },
  })
  respondBy = '';
}

export class DecisionForm extends PaperForm {
  @IsIn(['EXECUTED', 'REFUSED'], { message: 'Выберите решение: исполнено или отказано' })
  outcome = '';

  @Text('Напишите, что решено и почему')
  reason = '';

  @ValidateIf((form: DecisionForm) => form.outcome === 'REFUSED')
  @Text('Укажите норму, на которой основан отказ')
  legalGround = '';
}

export class DeclineForm extends CaseForm {
  @Text('Напишите заявителю, почему отменить нельзя')
  declineReason = '';
}

/** Any of the forms of the page, as typed. */
export type AnyCaseForm = Partial<ProgressForm & RequestInfoForm & DecisionForm & DeclineForm>;
