import { Global, Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { Clock } from '../../kernel/clock.js';
import { Config } from '../../platform/config/config.js';
import { Principals } from '../../platform/http/principal.js';
import { ViewsModule } from '../../platform/views/views.module.js';
import { OfficeSignInController } from './admin/sign-in/office-sign-in.controller.js';
import { StaffController } from './admin/staff/staff.controller.js';
import { IdentityProvider } from './application/ports/identity-provider.js';
import { OneTimeCodes } from './application/ports/one-time-codes.js';
import { PasswordHasher } from './application/ports/password-hasher.js';
import { SessionTokens } from './application/ports/session-tokens.js';
import { RegisterStaffHandler } from './application/register-staff.js';
import { SignInStaffHandler } from './application/sign-in-staff.js';
import { SignInHandler } from './application/sign-in.js';
import { SignOutStaffHandler } from './application/sign-out-staff.js';
import { SignOutHandler } from './application/sign-out.js';
import { AccountRepository } from './domain/account.repository.js';
import { SessionRepository } from './domain/session.repository.js';
import { StaffAccountRepository } from './domain/staff-account.repository.js';
import { Argon2PasswordHasher } from './infrastructure/argon2-password-hasher.js';
import { EsiaAccessQueryHandler } from './infrastructure/esia-access.query-handler.js';
import { EsiaClient } from './infrastructure/esia/esia-client.js';
import { EsiaIdentityProvider } from './infrastructure/esia/esia-identity-provider.js';
import { EsiaTokens } from './infrastructure/esia/esia-tokens.js';
import { RsaRequestSigner } from './infrastructure/esia/rsa-request-signer.js';
import { ForgetEndedSessions } from './infrastructure/forget-ended-sessions.job.js';
import {
  AccountMapping,
  SessionMapping,
  SignInRecordMapping,
  StaffAccountMapping,
  StaffSessionMapping,
} from './infrastructure/identity.mapping.js';
import { MikroOrmAccountRepository } from './infrastructure/mikro-orm-account.repository.js';
import { MikroOrmSessionRepository } from './infrastructure/mikro-orm-session.repository.js';
import { MikroOrmStaffAccountRepository } from './infrastructure/mikro-orm-staff-account.repository.js';
import { RandomSessionTokens } from './infrastructure/random-session-tokens.js';
import { SampleStaff } from './infrastructure/sample-staff.js';
import { SessionPrincipals } from './infrastructure/session-principals.js';
import { StaffListQueryHandler } from './infrastructure/staff-list.query-handler.js';
import { TotpOneTimeCodes } from './infrastructure/totp-one-time-codes.js';
import { EsiaController } from './web/sign-in/esia.controller.js';
import { EsiaStrategy } from './web/sign-in/esia.strategy.js';

const PATIENCE = { timeoutMs: 5_000, retries: 2, firstDelayMs: 200 };

const identityProvider = ({ esia }: Config, clock: Clock): IdentityProvider =>
  new EsiaIdentityProvider(
    esia,
    new EsiaClient(esia.url, PATIENCE),
    new RsaRequestSigner(esia.clientKeyPem, esia.clientCertPem),
    new EsiaTokens(esia, clock),
    clock,
  );

/** Global, because the guard of every page asks it who is there. */
@Global()
@Module({
  imports: [PassportModule, ViewsModule],
  controllers: [EsiaController, OfficeSignInController, StaffController],
  providers: [
    { provide: IdentityProvider, useFactory: identityProvider, inject: [Config, Clock] },
    { provide: AccountRepository, useClass: MikroOrmAccountRepository },
    { provide: SessionRepository, useClass: MikroOrmSessionRepository },
    { provide: StaffAccountRepository, useClass: MikroOrmStaffAccountRepository },
    { provide: PasswordHasher, useClass: Argon2PasswordHasher },
    { provide: OneTimeCodes, useClass: TotpOneTimeCodes },
    { provide: SessionTokens, useClass: RandomSessionTokens },
    { provide: Principals, useClass: SessionPrincipals },
    SignInHandler,
    SignOutHandler,
    SignInStaffHandler,
    SignOutStaffHandler,
    RegisterStaffHandler,
    EsiaAccessQueryHandler,
    StaffListQueryHandler,
    EsiaStrategy,
    ForgetEndedSessions,
    SampleStaff,
  ],
  exports: [Principals],
})
export class IdentityModule {}

export const identityMappings = [
  AccountMapping,
  SessionMapping,
  StaffAccountMapping,
  StaffSessionMapping,
  SignInRecordMapping,
];
