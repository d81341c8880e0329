import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type AccountLevel } from '../../kernel/account-level.js';

/** The signed-in citizen of this request. */
export interface Citizen {
  readonly accountId: string;
  readonly sessionId: string;
  readonly level: AccountLevel;
  /** «Мария Петровна Н.» or as ESIA gave it. */
  readonly displayName: string;
  readonly oid: string;
}

export const STAFF_ROLES = ['CLERK', 'ADMIN'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** The signed-in employee of an authority, or an administrator of the portal (who has no authority). */
export interface StaffMember {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly authorityCode: string | null;
  readonly authorityName: string;
}

/** Who stands behind a request. Answered by the identity context from its sessions; both are asked at most once a request. */
export abstract class Principals {
  /** Null when nobody is signed in or the session has ended. */
  abstract citizenOf(request: FastifyRequest): Promise<Citizen | null>;
  abstract staffOf(request: FastifyRequest): Promise<StaffMember | null>;
}

declare module 'fastify' {
  interface FastifyRequest {
    citizen?: Citizen | null;
    staff?: StaffMember | null;
  }
}

export const PUBLIC_METADATA = 'platform:public';
export const STAFF_METADATA = 'platform:staff';

/** Opens a controller or a handler to everybody. The citizen is still known where one is signed in. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC_METADATA, true);

/** Closes a controller to all but staff of these roles. */
export const Staff = (...roles: StaffRole[]): ClassDecorator & MethodDecorator => SetMetadata(STAFF_METADATA, roles);

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** The citizen; the guard has made sure there is one, except in public handlers, where it may be null. */
export const CurrentCitizen = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).citizen ?? null);

/** The member of staff; the guard has made sure there is one. */
export const CurrentStaff = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).staff ?? null);
