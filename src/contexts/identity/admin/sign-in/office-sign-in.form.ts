import { IsEmail, Matches, MinLength } from 'class-validator';

export class OfficeSignInForm {
  @IsEmail({}, { message: 'Введите рабочую почту, например clerk@example.ru' })
  email = '';

  @MinLength(1, { message: 'Введите пароль' })
  password = '';

  @Matches(/^\d{3}\s?\d{3}$/, { message: 'Введите 6 цифр из приложения-аутентификатора' })
  code = '';
}
