import { formatFileSize } from '../../../../platform/views/format.js';
import { type StoredFileInfo } from '../../application/attachable-files.query.js';

const PICTURES: readonly string[] = ['jpg', 'jpeg'];

/** What `templates/partials/file-item.hbs` prints of a file of the cabinet: name, size, where to get it, where to see a picture. */
export const fileItem = (file: StoredFileInfo) => ({
  fileId: file.fileId,
  name: file.name,
  size: formatFileSize(file.bytes),
  href: `/files/${file.fileId}`,
  pictureHref: PICTURES.includes(file.extension) ? `/files/${file.fileId}/preview` : null,
  scan: file.scan,
});
