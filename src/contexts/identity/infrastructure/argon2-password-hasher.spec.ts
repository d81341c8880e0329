import { Argon2PasswordHasher } from './argon2-password-hasher.js';

const hasher = new Argon2PasswordHasher();

describe('password hash', () => {
  it('knows its password and no other', async () => {
    const hash = await hasher.hash('Пароль-2026');
    expect(await hasher.matches('Пароль-2026', hash)).toBe(true);
    expect(await hasher.matches('Пароль-2027', hash)).toBe(false);
  });

  it('is salted', async () => {
    expect(await hasher.hash('same')).not.toBe(await hasher.hash('same'));
  });

  it('of an older, cheaper setting stays readable', async () => {
    // Test vector of the reference implementation (phc-winner-argon2, src/test.c, Argon2id, t=2, m=256, p=1).
    const hash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await hasher.matches('password', hash)).toBe(true);
    expect(await hasher.matches('passwore', hash)).toBe(false);
  });

  it('of nobody matches nothing', async () => {
    expect(await hasher.matches('', null)).toBe(false);
  });

  it.each(['', 'plain', '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$AAAA'])(
    'refuses %j, which is no such hash',
    async (hash) => {
      expect(await hasher.matches('password', hash)).toBe(false);
    },
  );
});
