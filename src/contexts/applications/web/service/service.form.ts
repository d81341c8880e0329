import { Transform } from 'class-transformer';
import { IsObject } from 'class-validator';

/** «Заполнить заявление»; the answers are read by the form definition, not by this class. */
export class StartForm {
  @Transform(({ value }) => (value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as unknown) : {}))
  @IsObject()
  answers: Record<string, unknown> = {};
}
