const number = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 2 });
const rounded = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 1 });

/** Rounded up, so that a file one byte over the limit does not seem to fit. */
const megabytes = (bytes) => number.format(Math.ceil((bytes / 1048576) * 100) / 100);

/** «1,4 МБ», as the server writes it. */
export const fileSize = (bytes) => {
  if (bytes < 1024) return `${bytes}\u00a0Б`;
  return bytes < 1048576 ? `${rounded.format(bytes / 1024)}\u00a0КБ` : `${rounded.format(bytes / 1048576)}\u00a0МБ`;
};

/** «занимает 3,01 МБ, а можно не больше 3 МБ» */
export const tooLarge = (bytes, limit) => `занимает ${megabytes(bytes)} МБ, а можно не больше ${megabytes(limit)} МБ`;
