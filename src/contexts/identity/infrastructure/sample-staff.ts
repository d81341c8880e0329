import { MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RegisterStaff } from '../application/register-staff.js';
import { type StaffDetails } from '../domain/staff-account.js';
import { StaffAlreadyRegistered } from '../domain/staff-account.errors.js';

/** Invented people for a product that runs on sample data. */
export const SAMPLE_STAFF: readonly (StaffDetails & { readonly password: string; readonly codeSecret: string })[] = [
  {
    email: 'clerk@edu.example.ru',
    name: 'Петрова Анна Сергеевна',
    role: 'CLERK',
    authority: { code: 'COMMITTEE_EDUCATION', name: 'Комитет по образованию' },
    password: 'Sample-Office-2026',
    codeSecret: 'KNQW24DMMVBWYZLSNNCWI5LDMF2GS33O',
  },
  {
    email: 'clerk@transport.example.ru',
    name: 'Мостовой Павел Ильич',
    role: 'CLERK',
    authority: { code: 'COMMITTEE_TRANSPORT', name: 'Комитет по транспорту' },
    password: 'Sample-Office-2026',
    codeSecret: 'KNQW24DMMVBWYZLSNNKHEYLOONYG64TU',
  },
  {
    email: 'admin@example.ru',
    name: 'Смотрителев Денис Олегович',
    role: 'ADMIN',
    authority: null,
    password: 'Sample-Office-2026',
    codeSecret: 'KNQW24DMMVAWI3LJNZUXG5DSMF2G64RB',
  },
  {
    email: 'clerk@mfc.example.ru',
    name: 'Окошкина Вера Львовна',
    role: 'CLERK',
    authority: { code: 'MFC', name: 'СПб ГКУ «МФЦ»' },
    password: 'Sample-Office-2026',
    codeSecret: 'KNQW24DMMVBWYZLSNNGWMY2PMZTGSY3F',
  },
];

/** Registers the sample staff that is missing; running it again changes nothing. Called only where SAMPLE_DATA is on. */
@Injectable()
export class SampleStaff {
  constructor(
    private readonly commands: CommandBus,
    private readonly orm: MikroORM,
  ) {}

  async seed(): Promise<void> {
    for (const { password, codeSecret, ...details } of SAMPLE_STAFF) {
      await RequestContext.create(this.orm.em, async () => {
        try {
          await this.commands.execute(new RegisterStaff(details, password, codeSecret));
        } catch (error) {
          if (!(error instanceof StaffAlreadyRegistered)) throw error;
        }
      });
    }
  }
}
