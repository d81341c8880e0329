import { IsString } from 'class-validator';

/** A file of the cabinet and the field of a draft it goes to; what does not exist is found out by whoever looks for it. */
export class AttachForm {
  @IsString()
  file = '';

  @IsString()
  draft = '';

  @IsString()
  field = '';
}
