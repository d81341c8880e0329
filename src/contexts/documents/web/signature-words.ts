import { formatDate, formatDateTime, plural } from '../../../platform/views/format.js';
import { type CabinetFile } from '../application/cabinet-documents.query.js';
import {
  type CertificateChain,
  type SignatureFault,
  type SignatureSigner,
  type SignatureVerdict,
} from '../domain/signature-verdict.js';

/** State of a signature in a word; null while it is being checked. */
export function signatureChip(verdict: SignatureVerdict | null) {
  if (!verdict) return { tone: 'info', icon: 'hourglass-split', text: 'Подпись проверяется' };
  if (verdict.integrity === 'INVALID') return { tone: 'danger', icon: 'x-circle-fill', text: 'Подпись не подходит' };
  if (verdict.integrity === 'UNSUPPORTED')
    return { tone: 'warning', icon: 'exclamation-triangle-fill', text: 'Подпись проверить не удалось' };
  return verdict.chain === 'TRUSTED'
    ? { tone: 'success', icon: 'shield-check', text: 'Подпись подтверждена' }
    : { tone: 'warning', icon: 'exclamation-triangle-fill', text: 'Файл не изменён, подписавший не подтверждён' };
}

/** What `templates/documents/_signature.hbs` prints; `name` is the signed file's, `action` the address of «Проверить ещё раз». */
export function signatureShown(verdict: SignatureVerdict | null, name: string, action: string) {
  const chip = signatureChip(verdict);
  if (!verdict) return { chip, name, action, waiting: true, sentence: '', rows: [] };
  const sentence = verdict.reason ? FAULTS[verdict.reason] : (CHAINS[verdict.chain].sentence ?? whoSigned(verdict));
  return { chip, name, action, waiting: false, sentence, rows: rowsOf(verdict) };
}

/** Of a file in its document: null when no signature lies beside it. */
export function signatureOfFile(file: CabinetFile, files: readonly CabinetFile[], action: string) {
  const signed = file.signature !== null || files.some(({ signs }) => signs === file.name);
  return signed ? signatureShown(file.signature, file.name, action) : null;
}

const ASK_AGAIN = 'Попросите подписать файл заново.';
const ELSEWHERE =
  'Это не значит, что подпись плохая. Проверьте её на Госуслугах, в услуге «Подтверждение подлинности электронной подписи».';

/** Why there is nothing good to say of a signature, and what to do. */
const FAULTS: Readonly<Record<SignatureFault, string>> = {
  UNREADABLE: 'Файл подписи повреждён, или это не электронная подпись. Попросите прислать его ещё раз.',
  TOO_COMPLEX: `В подпись вложено больше данных, чем портал разбирает. ${ELSEWHERE}`,
  NO_SIGNER: 'В файле подписи есть только сертификаты, самой подписи в нём нет. Попросите прислать подпись.',
  NO_CERTIFICATE: `В подпись не вложен сертификат подписавшего, сверить её не с чем. ${ASK_AGAIN}`,
  OTHER_CONTENT:
    'Подпись сделана для другого содержимого: файл изменили после подписания, или это не тот файл. Приложите файл и подпись такими, какими их получили.',
  ALTERED_SIGNATURE: `Подпись испорчена или сделана не тем ключом, что указан в сертификате. ${ASK_AGAIN}`,
  WEAK_ALGORITHM: `Подпись сделана устаревшим способом: сегодня её можно подделать, поэтому она ничего не доказывает. ${ASK_AGAIN}`,
  UNKNOWN_ALGORITHM: `Такие подписи портал проверять не умеет. ${ELSEWHERE}`,
  GOST_UNAVAILABLE: `Подпись сделана по ГОСТ, а программы для её проверки здесь нет. ${ELSEWHERE}`,
  CHECK_FAILED: 'Проверка не завершилась. Нажмите «Проверить ещё раз».',
};

/** `sentence` is null where there is something better to say. */
const CHAINS: Readonly<Record<CertificateChain, { readonly row: string; readonly sentence: string | null }>> = {
  TRUSTED: { row: 'Выдан центром, которому портал доверяет', sentence: null },
  UNTRUSTED: {
    row: 'Выдан центром, которого портал не знает',
    sentence:
      'Файл совпадает с подписанным, но сертификат выдан удостоверяющим центром, которого портал не знает. Кто подписал на самом деле, подтвердить нельзя.',
  },
  EXPIRED: {
    row: 'Не действовал, когда файл подписали',
    sentence:
      'Файл совпадает с подписанным, но сертификат тогда не действовал. Спросите подписавшего, почему, или попросите подписать файл заново.',
  },
  NO_ROOTS: {
    row: 'Не проверен: порталу не указаны доверенные центры',
    sentence:
      'Файл совпадает с подписанным. Кто подписал, подтвердить нельзя: порталу не указаны доверенные удостоверяющие центры.',
  },
  UNKNOWN: {
    row: 'Не проверен',
    sentence: 'Файл совпадает с подписанным. Проверка сертификата не завершилась. Нажмите «Проверить ещё раз».',
  },
};

/** The person and whom they signed for; a seal of an organisation names it once. */
const nameOf = ({ name, organisation }: SignatureSigner): string =>
  organisation && organisation !== name ? `${name}, ${organisation}` : name;

const whoSigned = ({ signer, signers }: SignatureVerdict): string => {
  const signed =
    signers > 1 ? `Подписали ${plural(signers, 'человек', 'человека', 'человек')}, первой стоит подпись` : 'Подписано';
  return `${signed}: ${signer ? nameOf(signer) : ''}. С тех пор файл не изменился.`;
};

const FILE_ROWS: Readonly<Record<SignatureVerdict['integrity'], string>> = {
  VALID: 'Совпадает с подписанным',
  INVALID: 'Не подтверждён',
  UNSUPPORTED: 'Не проверен',
};

/** What was checked, each part by itself, and what was not. */
function rowsOf(verdict: SignatureVerdict) {
  const { signer, certificate, signers } = verdict;
  return [
    {
      label: 'Файл',
      value: FILE_ROWS[verdict.integrity],
      note: verdict.attached && 'В подпись вложена копия файла, она сверена с ним',
    },
    ...(signer
      ? [
          {
            label: signers > 1 ? 'Подписал первым' : 'Подписал',
            value: nameOf(signer),
            note: [signer.inn && `ИНН ${signer.inn}`, signer.snils && `СНИЛС ${signer.snils}`]
              .filter(Boolean)
              .join(', '),
          },
        ]
      : []),
    ...(signer ? [{ label: 'Когда', ...timeOf(verdict) }] : []),
    ...(certificate
      ? [
          { label: 'Сертификат', value: CHAINS[verdict.chain].row, note: issuedBy(certificate) },
          { label: 'Номер сертификата', value: certificate.serial, mono: true },
          {
            label: 'Срок сертификата',
            value: `с ${formatDate(certificate.validFrom)} по ${formatDate(certificate.validTo)}`,
            note:
              isOverOnTrust(verdict) &&
              'Сейчас он истёк. Что при подписании он действовал, известно только по часам подписавшего',
          },
        ]
      : []),
    ...(verdict.algorithm ? [{ label: 'Алгоритмы', value: verdict.algorithm }] : []),
    { label: 'Проверено', value: formatDateTime(verdict.checkedAt) },
    ...(certificate
      ? [{ label: 'Не проверялось', value: 'Не отозван ли сертификат: об этом знает только выдавший его центр' }]
      : []),
  ];
}

const issuedBy = ({ issuer }: NonNullable<SignatureVerdict['certificate']>): string => issuer && `Издатель: ${issuer}`;

function timeOf({ signedAt, timeSource }: SignatureVerdict) {
  if (!signedAt) return { value: 'Не указано' };
  const note =
    timeSource === 'TIMESTAMP'
      ? 'Время подтверждено меткой доверенной службы'
      : 'По часам подписавшего, метки времени нет';
  return { value: formatDateTime(signedAt), note };
}

/** The certificate was good at a moment that only the signer vouches for, and is not any more. */
const isOverOnTrust = ({ chain, timeSource, certificate, checkedAt }: SignatureVerdict): boolean =>
  chain === 'TRUSTED' && timeSource === 'SIGNER' && certificate !== null && certificate.validTo < checkedAt;
