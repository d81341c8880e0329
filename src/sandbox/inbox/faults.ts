/** Troubles that real channels have. Each is armed for a number of messages and spent one by one. */
export const FAULTS = {
  'sms.throttled': 'SMS: отказ «слишком часто» (ESME_RTHROTTLED)',
  'sms.undelivered': 'SMS: отчёт «не доставлено» (UNDELIV)',
  'sms.receipt-first': 'SMS: отчёт о доставке приходит раньше ответа на отправку',
  'sms.disconnect': 'SMS: обрыв связи до ответа, сообщение не принято',
  'email.busy': 'Почта: временный отказ (421)',
  'email.rejected': 'Почта: адрес отвергнут (550)',
  'push.gone': 'Push: подписки больше нет (410)',
  'push.too-many': 'Push: слишком часто (429, Retry-After: 1)',
} as const;
export type Fault = keyof typeof FAULTS;

export const isFault = (name: string): name is Fault => Object.hasOwn(FAULTS, name);

export class Faults {
  private readonly armed = new Map<Fault, number>();

  /** The next `times` messages of the channel meet the fault; zero disarms it. */
  arm(fault: Fault, times: number): void {
    this.armed.set(fault, times);
  }

  left(fault: Fault): number {
    return this.armed.get(fault) ?? 0;
  }

  /** True when this message has to meet the fault; that spends one. */
  strikes(fault: Fault): boolean {
    const left = this.left(fault);
    if (left > 0) this.armed.set(fault, left - 1);
    return left > 0;
  }
}
