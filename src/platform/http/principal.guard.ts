import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { NotSignedIn, StaffNotSignedIn } from './http.errors.js';
import { Principals, PUBLIC_METADATA, STAFF_METADATA, type StaffRole } from './principal.js';

/** Closed by default: a handler is open only when it says `@Public()`; the back-office only to the roles it names. */
@Injectable()
export class PrincipalGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly principals: Principals,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const targets = [context.getHandler(), context.getClass()];
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_METADATA, targets);
    const roles = this.reflector.getAllAndOverride<StaffRole[] | undefined>(STAFF_METADATA, targets);
    if (roles && !isPublic) {
      request.staff = await this.principals.staffOf(request);
      if (!request.staff) throw new StaffNotSignedIn();
      return roles.includes(request.staff.role);
    }
    request.citizen = await this.principals.citizenOf(request);
    if (!isPublic && !request.citizen) throw new NotSignedIn();
    return true;
  }
}
