import { fileSize } from './file-sizes.js';

/** What every browser can hold in one canvas. */
const MAX_PIXELS = 16_000_000;
const QUALITIES = [0.9, 0.8, 0.7];
const SMALLER = 0.8;

const megapixelScale = ({ width, height }) => Math.min(1, Math.sqrt(MAX_PIXELS / (width * height)));

function drawn(bitmap, scale) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext('2d');
  // JPEG knows no transparency.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const encoded = (canvas, quality) =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('Not encoded'))), 'image/jpeg', quality);
  });

/** First a little less quality, then fewer points, until it fits. */
async function fitted(bitmap, maxBytes) {
  for (let scale = megapixelScale(bitmap); ; scale *= SMALLER) {
    const canvas = drawn(bitmap, scale);
    for (const quality of QUALITIES) {
      const blob = await encoded(canvas, quality);
      if (blob.size <= maxBytes) return { blob, canvas };
    }
  }
}

const points = ({ width, height }) => `${width} × ${height}`;

/**
 * The picture as a JPEG of at most `maxBytes`: `{ file, said }`, the latter telling what was done. Rejects what the browser cannot show.
 */
export async function asJpeg(picture, maxBytes, name = picture.name) {
  const bitmap = await window.createImageBitmap(picture);
  const { blob, canvas } = await fitted(bitmap, maxBytes);
  const file = new File([blob], `${name.replace(/\.[^.]*$/, '')}.jpg`, { type: 'image/jpeg' });
  const done = [];
  if (picture.type !== 'image/jpeg') done.push('Картинка переведена в JPG.');
  if (picture.size > maxBytes) done.push(`Было ${fileSize(picture.size)}, стало ${fileSize(file.size)}.`);
  if (canvas.width < bitmap.width) done.push(`Уменьшено с ${points(bitmap)} до ${points(canvas)} точек.`);
  bitmap.close();
  return { file, said: done.join(' ') };
}
