import { formatDateTime, formatFileSize, plural } from '../../../../platform/views/format.js';
import { type AttachTargets } from '../../application/attach-targets.query.js';

/** What `templates/applications/attach.hbs` prints. */
export const attachPage = ({ file, signature, documentTitle, drafts, targets }: AttachTargets) => ({
  title: `Приложить к заявлению: ${file.name}`,
  breadcrumb: [{ href: '/documents', text: 'Документы' }, { text: 'Приложить к заявлению' }],
  file: { name: file.name, size: formatFileSize(file.bytes), href: `/files/${file.fileId}`, note: documentTitle },
  usable: documentTitle !== null,
  hasDrafts: drafts > 0,
  count: plural(targets.length, 'место', 'места', 'мест'),
  extension: file.extension,
  rows: targets.map((target) => ({
    fileId: file.fileId,
    draftId: target.draftId,
    fieldName: target.field,
    serviceTitle: target.serviceTitle,
    fieldLabel: target.fieldLabel,
    updatedAt: formatDateTime(target.updatedAt),
    signature: target.withSignature ? signature?.name : null,
  })),
});
