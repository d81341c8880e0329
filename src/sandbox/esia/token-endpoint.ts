import { type FastifyInstance } from 'fastify';
import { checkTimestamp, type ClientSystem, readParameters } from './client-system.js';
import { type Codes } from './codes.js';
import { EsiaError } from './esia-error.js';
import { type Faults, playTransportFault, type TokenDefect } from './faults.js';
import { type TokenIssuer } from './tokens.js';

interface Parts {
  readonly client: ClientSystem;
  readonly codes: Codes;
  readonly tokens: TokenIssuer;
  readonly faults: Faults;
  readonly now: () => Date;
}

/** `POST /aas/oauth2/v3/te`: exchanges a code for tokens. The answer echoes the `state` of this request, not of the first one. */
export function tokenRoutes(app: FastifyInstance, { client, codes, tokens, faults, now }: Parts): void {
  app.post('/aas/oauth2/v3/te', async (request, reply) => {
    const fault = faults.take('token');
    if (playTransportFault(fault, reply)) return reply;
    void reply.header('cache-control', 'no-store');
    try {
      if (fault?.kind === 'esia-error' && fault.code) throw new EsiaError(fault.code);
      return await exchange(request.body, fault?.defect);
    } catch (error) {
      if (!(error instanceof EsiaError)) throw error;
      const { state } = (request.body ?? {}) as Record<string, unknown>;
      return reply.code(400).send({ error: error.oauthError, error_description: error.message, state });
    }
  });

  async function exchange(body: unknown, defect?: TokenDefect) {
    const p = readParameters(
      body,
      [
        'client_id',
        'client_secret',
        'client_certificate_hash',
        'code',
        'grant_type',
        'state',
        'scope',
        'timestamp',
        'redirect_uri',
        'token_type',
      ],
      ['scope_org'],
    );
    const scopeOrg = p.scope_org ?? '';
    if (p.client_id !== client.id) throw new EsiaError('008010');
    if (p.grant_type !== 'authorization_code') throw new EsiaError('007009');
    if (p.token_type !== 'Bearer') throw new EsiaError('007003');
    if (!client.allowsRedirect(p.redirect_uri)) throw new EsiaError('007023');
    checkTimestamp(p.timestamp, now());
    client.checkSecret(
      [p.client_id, p.scope, scopeOrg, p.timestamp, p.state, p.redirect_uri, p.code],
      p.client_secret,
      p.client_certificate_hash,
    );
    const grant = codes.redeem(p.code, p.client_id, p.redirect_uri);
    if (p.scope !== grant.scope || scopeOrg !== grant.organizationScope) throw new EsiaError('007006');
    return {
      access_token: await tokens.accessToken(grant, defect),
      id_token: await tokens.idToken(grant, defect),
      expires_in: 3600,
      state: defect === 'state' ? '00000000-0000-4000-8000-000000000000' : p.state,
      token_type: 'Bearer',
    };
  }
}
