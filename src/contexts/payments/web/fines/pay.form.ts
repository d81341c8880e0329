import { Transform } from 'class-transformer';
import { IsInt, IsUUID, Max, Min } from 'class-validator';

const BROKEN = 'Страница устарела. Откройте штраф заново и нажмите «Оплатить» ещё раз';

/** What the button «Оплатить» sends: the sum the citizen saw and the key of this very press. */
export class PayForm {
  @IsUUID(undefined, { message: BROKEN })
  idempotencyKey = '';

  @Transform(({ value }) => Number(value))
  @IsInt({ message: BROKEN })
  @Min(0, { message: BROKEN })
  @Max(Number.MAX_SAFE_INTEGER, { message: BROKEN })
  quotedKopecks = 0;
}
