import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { formatDate, formatDateTime, formatMoney, formatShortDate } from '../../../platform/views/format.js';
import { TEMPLATES } from '../../../platform/views/views.js';
import { type Announcement, type Facts, Wording } from '../application/ports/wording.js';
import { type Topic, TOPICS } from '../domain/topics.js';

const FOLDER = join(TEMPLATES, 'notifications');

/** What each kind of document is called in a text message (at most 20 characters) and in a sentence. */
type KindNames = Readonly<Record<string, { readonly short: string; readonly full: string }>>;

/** `short` is left out where nothing short is ever sent. */
type Texts = Readonly<Record<'title' | 'text', string>> & { readonly short?: string };
type CompiledTexts = Readonly<Record<keyof Announcement, Handlebars.TemplateDelegate>>;

/** `750`, or `750,50` where there are kopecks: short as a text message needs it. */
const rubles = (kopecks: number): string => (kopecks / 100).toFixed(kopecks % 100 === 0 ? 0 : 2).replace('.', ',');

/** Handlebars adds an argument of its own to every call; none of these looks at a second one. */
const helpers = {
  money: formatMoney,
  rubles,
  date: formatDate,
  dateTime: formatDateTime,
  day: formatShortDate,
  /** `22.03`, the year being clear. */
  dayMonth: (moment: string) => formatShortDate(moment).slice(0, 5),
};

/** Texts of `templates/notifications`: announcements.json for the words, letter-*.hbs for what stands round them in a letter. */
export class HandlebarsWording extends Wording {
  private readonly handlebars = Handlebars.create();
  private readonly announcements: ReadonlyMap<string, CompiledTexts>;
  private readonly letterText: Handlebars.TemplateDelegate;
  private readonly letterHtml: Handlebars.TemplateDelegate;

  /** Throws when a topic has no words or a text does not compile. */
  constructor(private readonly publicUrl: string) {
    super();
    this.handlebars.registerHelper(helpers);
    const kinds = JSON.parse(readFileSync(join(FOLDER, 'document-kinds.json'), 'utf8')) as KindNames;
    const nameOf = (code: string, length: 'short' | 'full') => (kinds[code] ?? kinds['ANY'])?.[length] ?? '';
    this.handlebars.registerHelper({
      documentKind: (code: string) => nameOf(code, 'full'),
      shortDocumentKind: (code: string) => nameOf(code, 'short'),
    });
    const texts = JSON.parse(readFileSync(join(FOLDER, 'announcements.json'), 'utf8')) as Record<string, Texts>;
    this.announcements = new Map(Object.keys(TOPICS).map((topic) => [topic, this.compileTexts(topic, texts[topic])]));
    this.letterText = this.compile(readFileSync(join(FOLDER, 'letter-text.hbs'), 'utf8'), true);
    this.letterHtml = this.compile(readFileSync(join(FOLDER, 'letter-html.hbs'), 'utf8'), false);
  }

  announcement(topic: Topic, facts: Facts): Announcement {
    const texts = this.announcements.get(topic);
    if (!texts) throw new RangeError(`No words for ${topic}`);
    return { title: texts.title(facts), text: texts.text(facts), short: texts.short(facts) };
  }

  letter(letter: { title: string; text: string; firstName: string | null; middleName: string | null }) {
    const name = [letter.firstName, letter.middleName].filter(Boolean).join(' ');
    const model = { ...letter, name, portalUrl: `${this.publicUrl}/`, settingsUrl: `${this.publicUrl}/settings` };
    return { subject: letter.title, text: this.letterText(model), html: this.letterHtml(model) };
  }

  private compileTexts(topic: string, texts: Texts | undefined): CompiledTexts {
    if (!texts) throw new RangeError(`templates/notifications/announcements.json has no words for ${topic}`);
    const compiled = (text: string) => this.compile(text, true);
    return { title: compiled(texts.title), text: compiled(texts.text), short: compiled(texts.short ?? texts.title) };
  }

  private compile(source: string, isPlainText: boolean): Handlebars.TemplateDelegate {
    return this.handlebars.compile(source, { noEscape: isPlainText, strict: true });
  }
}
