/** A person with a browser at the ESIA pages, without the browser: follows forms and redirects and keeps the cookie. */
export class EsiaVisitor {
  private cookie = '';

  /** Goes from an authorization address through sign-in and consent; answers with the address ESIA sends the browser back to. */
  async authorize(
    authorizationUrl: string,
    {
      login,
      password = 'Sample-2026',
      consent = 'allow',
    }: { login: string; password?: string; consent?: 'allow' | 'deny' },
  ): Promise<URL> {
    let at = await this.visit(authorizationUrl);
    if (at.pathname === '/login') at = await this.send(at, '/login', { login, password });
    if (at.pathname !== '/consent') return at;
    at = await this.visit(at.href);
    return at.pathname === '/consent' ? this.send(at, '/consent', { answer: consent }) : at;
  }

  /** One GET; the address it redirects to, or its own when it answers with a page. */
  async visit(url: string): Promise<URL> {
    return this.follow(url, await fetch(url, { redirect: 'manual', headers: { cookie: this.cookie } }));
  }

  private async send(from: URL, path: string, fields: Record<string, string>): Promise<URL> {
    const url = new URL(path, from).href;
    const body = new URLSearchParams({ request: from.searchParams.get('request') ?? '', ...fields });
    return this.follow(
      url,
      await fetch(url, { method: 'POST', body, redirect: 'manual', headers: { cookie: this.cookie } }),
    );
  }

  private async follow(url: string, response: Response): Promise<URL> {
    await response.body?.cancel();
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0] ?? '';
    return new URL(response.headers.get('location') ?? url, url);
  }
}
