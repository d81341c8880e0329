import { type ReceiptFacts } from '../../domain/payment.js';

/** Makes the receipt a citizen keeps. */
export abstract class ReceiptPrinter {
  /** A PDF; the same facts give the same words. */
  abstract print(receipt: ReceiptFacts): Promise<Buffer>;
}
