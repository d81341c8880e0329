import { Messages } from './messages.js';
import { readVision, visionOf, writeVision } from './vision.js';
import { type PageContext, TEMPLATES, Views } from './views.js';

const frame = (changes: Partial<PageContext> = {}): PageContext => ({
  citizen: null,
  staff: null,
  csrfToken: 'token-1',
  idempotencyKey: 'key-1',
  unreadCount: 0,
  notice: null,
  path: '/help',
  vision: '',
  ...changes,
});

describe('a page', () => {
  const views = new Views(new Messages(TEMPLATES));
  const help = (changes?: Partial<PageContext>, layout: 'public' | 'cabinet' | 'office' = 'public') =>
    views.render('public/help', { title: 'Помощь', page: frame(changes) }, layout);

  it('has its own title, one main heading, a language and landmarks', () => {
    const html = help();
    expect(html).toContain('<title>Помощь — Государственные и муниципальные услуги</title>');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('<html lang="ru"');
    for (const landmark of ['<header', '<main id="main"', '<footer']) expect(html).toContain(landmark);
  });

  it('holds no inline style or script, which the security policy would block', () => {
    for (const layout of ['public', 'cabinet', 'office'] as const) {
      expect(help({}, layout)).not.toMatch(/ style=| on\w+=|<style|<script(?![^>]* src=)/);
    }
  });

  it('says in the title that the form was refused', () => {
    const model = {
      title: 'Автомобиль',
      errors: { summary: [{ text: 'Укажите марку', href: '#make' }], fields: {} },
      page: frame(),
    };
    expect(views.render('public/help', model, 'cabinet')).toContain('<title>Ошибка: Автомобиль');
  });

  it('marks the section of the cabinet one is in', () => {
    expect(help({ path: '/fines/1', citizen: { displayName: 'Мария Н.' } }, 'cabinet')).toMatch(
      /href="\/fines" aria-current="true"/,
    );
  });

  it('protects every form it brings with the token of the page', () => {
    const html = help({ citizen: { displayName: 'Мария Н.' } }, 'cabinet');
    expect(html.match(/<form[^>]*method="post"/g)?.length).toBe(html.match(/name="_csrf" value="token-1"/g)?.length);
  });

  it('shows a notice that has words and ignores one a visitor made up', () => {
    expect(help({ notice: 'platform.vision-off' })).toContain('Включена обычная версия');
    expect(help({ notice: 'made.up' })).not.toContain('role="status"');
  });

  it('wears the version for the visually impaired', () => {
    expect(help({ vision: 'huge.white-on-black.wide' })).toContain(
      'data-vision-size="huge" data-vision-colours="white-on-black"',
    );
    expect(help()).not.toContain('data-vision');
  });

  it('refuses a template that does not exist', () => {
    expect(() => views.render('public/nothing', { title: '', page: frame() }, 'public')).toThrow('public/nothing');
  });

  it.each([400, 403, 404, 409, 413, 415, 422, 429, 500, 503])('explains error %i and offers a way on', (status) => {
    const model = { title: 'Ошибка', message: null, errorId: 'id-17', page: frame() };
    const html = views.render(`errors/${status}`, model, 'public');
    expect(html).toContain('id-17');
    expect(html).toContain('class="btn btn-primary"');
  });
});

describe('the version for the visually impaired', () => {
  it('comes back from its cookie as chosen', () => {
    const choice = visionOf({ size: 'huge', colours: 'blue-on-light', spacing: 'wide' });
    expect(readVision(writeVision(choice))).toEqual(choice);
  });

  it('turns a spoilt cookie into the default settings and an empty one into the ordinary version', () => {
    expect(readVision('x.y')).toEqual({ size: 'large', colours: 'black-on-white', spacing: 'normal' });
    expect(readVision('')).toBeNull();
  });
});
