import { Type } from 'class-transformer';
import { IsInt, IsISO8601, IsOptional, IsUUID } from 'class-validator';

/** «Отправить заявление»: which version was checked, and the key that makes a double click harmless. */
export class SubmitForm {
  @Type(() => Number)
  @IsInt({ message: 'Откройте страницу проверки заново' })
  version = 0;

  @IsUUID(undefined, { message: 'Откройте страницу проверки заново' })
  idempotencyKey = '';

  @IsOptional()
  @IsISO8601()
  seenAt?: string;
}
