import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsUUID } from 'class-validator';

/** Files picked from the cabinet. */
export class CabinetChoice {
  @Transform(({ value }: { value: unknown }) => [value].flat().filter((id) => id !== undefined && id !== ''))
  @ArrayMinSize(1, { message: 'Отметьте хотя бы один файл' })
  @ArrayMaxSize(20, { message: 'Отметьте не больше 20 файлов' })
  @IsUUID(undefined, { each: true, message: 'Выберите файлы из списка' })
  files: string[] = [];
}
