import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString } from 'class-validator';

/** Which requisites there are depends on the kind; the domain checks them. A missing version is treated as an outdated one. */
export class EditDocumentForm {
  @IsInt() @Type(() => Number) version = 0;
  @IsObject() requisites: Record<string, unknown> = {};
  /** Empty for the owner's own document; missing where the form asks nothing about it. */
  @IsOptional() @IsString() childId?: string;
}
