/** The ten formats of the published list and the type each is stored and served with (fact sheet §5.1). */
export const FILE_FORMATS = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
  sig: 'application/pkcs7-signature',
  psp: 'image/x-paintshoppro',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export type FileExtension = keyof typeof FILE_FORMATS;

/** 3 МБ, counted in received bytes; a file of exactly this size passes. */
export const MAX_FILE_BYTES = 3 * 1024 * 1024;

/** What one owner may keep, files held by applications not counted. */
export const MAX_OWNER_BYTES = 100 * 1024 * 1024;

export const isFileExtension = (text: string): text is FileExtension => Object.hasOwn(FILE_FORMATS, text);
