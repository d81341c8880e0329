/** What becomes of a payment with this card. */
export type CardOutcome = 'paid' | 'refused' | 'confirmation' | 'silence';

export interface TestCard {
  readonly pan: string;
  readonly title: string;
  readonly outcome: CardOutcome;
}

/** The only cards the sandbox takes; printed on its payment page. */
export const TEST_CARDS: readonly TestCard[] = [
  { pan: '2200000000000004', title: 'Оплата проходит', outcome: 'paid' },
  { pan: '2204000000001230', title: 'Банк отказывает: недостаточно средств', outcome: 'refused' },
  { pan: '2201000000009996', title: 'Нужно подтверждение 3-D Secure', outcome: 'confirmation' },
  { pan: '2202000000000002', title: 'Банк не отвечает, возврата на портал не будет', outcome: 'silence' },
];

export const CONFIRMATION_CODE = '123456';

export const cardOf = (pan: string): TestCard | undefined =>
  TEST_CARDS.find((card) => card.pan === pan.replace(/\D/g, ''));

/** `2200 0000 0000 0004` */
export const spaced = (pan: string): string => pan.replace(/(\d{4})(?=\d)/g, '$1 ');

/** `220000**0004` */
export const masked = (pan: string): string => `${pan.slice(0, 6)}**${pan.slice(-4)}`;
