import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import pdfMake, { type Content } from 'pdfmake';
import QRCode from 'qrcode';
import { formatDate, formatDateTime, formatMoney } from '../../../../platform/views/format.js';
import { TEMPLATES } from '../../../../platform/views/views.js';
import { Money } from '../../../../kernel/money.js';
import { type Payee } from '../../domain/charge.js';
import { paymentCode } from '../../domain/payment-code.js';

/** What the receipt proves, as stored at the moment of payment. */
export interface ReceiptFacts {
  readonly paymentId: string;
  readonly paidAt: Date;
  readonly amountKopecks: number;
  readonly uin: string;
  readonly decreeNumber: string;
  /** `YYYY-MM-DD`. */
  readonly decreeDate: string;
  readonly purpose: string;
  readonly payee: Payee;
  readonly discountPercent: number | null;
  readonly maskedPan: string | null;
  readonly approvalCode: string | null;
  readonly reference: string | null;
}

/** Words of `templates/payments/receipt.json`. */
interface ReceiptWords {
  readonly title: string;
  readonly subtitle: string;
  readonly status: string;
  readonly code: string;
  readonly footer: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The family that comes with pdfmake; it has Cyrillic. */
const FONTS = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto');

pdfMake.setFonts({
  Roboto: { normal: join(FONTS, 'Roboto-Regular.ttf'), bold: join(FONTS, 'Roboto-Medium.ttf') },
});
pdfMake.setUrlAccessPolicy(() => false);
pdfMake.setLocalAccessPolicy((path) => path.startsWith(FONTS));

/** Prints receipts as PDF/1.7 with a payment code: the proof of a payment and all it takes to find it in a bank. */
@Injectable()
export class ReceiptPdf {
  private readonly words = JSON.parse(
    readFileSync(join(TEMPLATES, 'payments', 'receipt.json'), 'utf8'),
  ) as ReceiptWords;

  async print(facts: ReceiptFacts): Promise<Buffer> {
    const { words } = this;
    const code = paymentCode({ ...facts, amount: Money.ofKopecks(facts.amountKopecks) });
    const svg = await QRCode.toString(code, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
    return pdfMake
      .createPdf({
        info: { title: `${words.title} ${facts.paymentId}`, creationDate: facts.paidAt },
        language: 'ru',
        pageSize: 'A4',
        pageMargins: [48, 48, 48, 48],
        defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.25 },
        content: [
          { text: words.title, fontSize: 18, bold: true },
          { text: words.subtitle, color: '#66727f', margin: [0, 0, 0, 12] },
          {
            text: [{ text: formatMoney(facts.amountKopecks), fontSize: 22, bold: true }, `   ${words.status}`],
            margin: [0, 0, 0, 12],
          },
          this.table(facts),
          {
            columns: [
              { svg, width: 150 },
              { text: words.code, margin: [16, 16, 0, 0] },
            ],
            margin: [0, 16, 0, 0],
            unbreakable: true,
          },
          { text: words.footer, color: '#66727f', margin: [0, 16, 0, 0] },
        ],
      })
      .getBuffer();
  }

  private table(facts: ReceiptFacts): Content {
    const { payee } = facts;
    const rows: readonly (readonly [string, string | null])[] = [
      ['paidAt', formatDateTime(facts.paidAt)],
      ['purpose', facts.purpose],
      ['decree', `${facts.decreeNumber}, ${formatDate(facts.decreeDate)}`],
      ['uin', facts.uin],
      ['discount', facts.discountPercent === null ? null : `${facts.discountPercent} %`],
      ['payee', payee.name],
      ['payeeInn', `${payee.inn} / ${payee.kpp}`],
      ['account', payee.account],
      ['bank', payee.bankName],
      ['bik', payee.bik],
      ['correspondentAccount', payee.correspondentAccount],
      ['kbk', payee.kbk],
      ['oktmo', payee.oktmo],
      ['card', facts.maskedPan],
      ['approvalCode', facts.approvalCode],
      ['reference', facts.reference],
      ['paymentId', facts.paymentId],
    ];
    const shown = rows.filter((row): row is readonly [string, string] => Boolean(row[1]));
    return {
      layout: 'lightHorizontalLines',
      table: {
        widths: [170, '*'],
        body: shown.map(([label, value]) => [{ text: this.words.labels[label] ?? label, color: '#66727f' }, value]),
      },
    };
  }
}
