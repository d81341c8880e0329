import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { templateHelpers } from './template-helpers.js';
import { Messages } from './messages.js';
import { compileTemplates } from './templates.js';

describe('templates', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'templates-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (files: Record<string, string>): void => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
  };
  const compile = () =>
    compileTemplates(
      folder,
      templateHelpers({
        messages: new Messages(folder),
        assetUrl: (name) => `/assets/${name}`,
        statuses: { PAID: { word: 'Оплачено', icon: 'check', tone: 'success' } },
      }),
    );
  const render = (files: Record<string, string>, model: object = {}): string => {
    write(files);
    return compile().get('page')?.(model) ?? 'no page';
  };

  it('escape what a person typed', () => {
    expect(render({ 'page.hbs': '<p>{{name}}</p>' }, { name: '<b onclick="x">' })).toBe(
      '<p>&lt;b onclick&#x3D;&quot;x&quot;&gt;</p>',
    );
  });

  it('show a shared partial only the parameters it was given', () => {
    const files = {
      'partials/button.hbs': '[{{text}}{{href}}]',
      'page.hbs': "{{#each items}}{{> button text='Убрать'}}{{> button this}}{{/each}}",
    };
    expect(render(files, { items: [{ text: 'Файл', href: '/f' }] })).toBe('[Убрать][Файл/f]');
  });

  it('read the content of a block in the context around it', () => {
    const files = {
      'partials/card.hbs': '<{{heading}}>{{> @partial-block outer}}',
      'page.hbs': "{{#each items}}{{#> card heading='H'}}{{heading}}{{name}}{{../page}}{{/card}}{{/each}}",
    };
    expect(render(files, { page: 7, items: [{ name: 'n' }] })).toBe('<H>n7');
  });

  it.each([
    ['Скан.JPG', {}, 'jpg picture picture /f'],
    ['Скан.jpeg', { recorded: true }, 'jpeg picture  /f'],
    ['Скан.pdf', { scan: 'NOT_SCANNED' }, 'pdf drawn drawn /f'],
    ['Скан.tiff', { scan: 'PENDING' }, 'tiff   '],
    ['Скан.pdf', { scan: 'INFECTED' }, 'pdf   '],
    ['Письмо.docx', {}, 'docx   /f'],
    ['без расширения', {}, '   /f'],
  ])('know how the first page of %s with %j can be seen', (name, more, shown) => {
    const files = { 'page.hbs': '{{#fileFace}}{{format}} {{look}} {{thumbnail}} {{href}}{{/fileFace}}' };
    expect(render(files, { name, href: '/f', ...more })).toBe(shown);
  });

  it('keep the text of an indented partial as it is', () => {
    expect(
      render(
        { 'partials/area.hbs': '{{value}}', 'page.hbs': '<textarea>\n    {{> area}}\n</textarea>' },
        { value: 'a\nb' },
      ),
    ).toContain('a\nb');
  });

  it('find the value and the error of a field by its name', () => {
    const model = {
      form: { requisites: { number: '17' } },
      errors: { fields: { 'requisites.number': 'Слишком короткий' } },
    };
    expect(
      render(
        {
          'page.hbs':
            "{{#field name='requisites[number]' hint='h'}}{{id}} {{value}} {{error}} {{describedBy}}{{/field}}",
        },
        model,
      ),
    ).toBe('requisites.number 17 Слишком короткий requisites.number-hint requisites.number-error');
  });

  it('do not reach into the prototype of what was typed', () => {
    expect(render({ 'page.hbs': "{{#field name='constructor[name]'}}<{{value}}>{{/field}}" }, { form: {} })).toBe('<>');
  });

  it('print attributes that have a value and leave the others out', () => {
    const html = render(
      { 'page.hbs': "<input{{attributes type='text' readonly=yes maxlength=none title=quote}}>" },
      { yes: true, quote: '"' },
    );
    expect(html.slice(1, -1).split(' ').sort()).toEqual(['input', 'readonly', 'title="&quot;"', 'type="text"']);
  });

  it('take null for empty when all of several values must be there', () => {
    const page = { 'page.hbs': "[{{and until (concat 'до ' until)}}][{{and until 'есть' 'весь'}}]" };
    expect(render(page, { until: null })).toBe('[][]');
    expect(render(page, { until: 'марта' })).toBe('[до марта][весь]');
  });

  it('print the word of a status and refuse an unknown one', () => {
    expect(render({ 'page.hbs': '{{status code}}' }, { code: 'PAID' })).toContain('Оплачено');
    expect(() => compile().get('page')?.({ code: 'PIAD' })).toThrow('PIAD');
  });

  it.each([
    ['a syntax error', '{{#if x}}'],
    ['an unknown helper', '{{monye 5 6}}'],
    ['a missing partial', '{{> nobody}}'],
  ])('do not start with %s, and name the file', (_, source) => {
    write({ 'page.hbs': source });
    expect(compile).toThrow('page.hbs');
  });

  it('fill words with details and formats', () => {
    write({
      'payments/messages.json': JSON.stringify({
        'payments.late': { title: 'До {until|date}', text: 'К оплате {sum|money}{gone} до {until|date}. Не позже.' },
      }),
    });
    expect(new Messages(folder).find('payments.late', { until: '2026-03-12', sum: 50000 })).toEqual({
      title: 'До 12\u00a0марта\u00a02026\u00a0г.',
      text: 'К оплате 500,00\u00a0₽ до 12\u00a0марта\u00a02026\u00a0г. Не позже.',
      action: null,
    });
  });

  it('refuse words that belong to another folder, and words nobody wrote', () => {
    expect(() => new Messages(folder).text('payments.unknown')).toThrow('payments.unknown');
    write({ 'payments/messages.json': '{"profile.saved":"Сохранено"}' });
    expect(() => new Messages(folder)).toThrow('profile.saved');
  });
});
