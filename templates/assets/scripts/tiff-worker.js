/* A classic worker: the decoder is no module and speaks of a `window`. */
self.window = self;
importScripts('./pako-inflate.js');
importScripts('./utif.js');

/** A scan of A4 at 600 dpi has 35 million pixels, four bytes each once decoded. */
const MAX_PIXELS = 40_000_000;
/** What every browser can hold as one side of a canvas. */
const MAX_SIDE = 16_000;

/** `{ bytes, width }` → the first page as an ImageBitmap of that width at most, or null when it cannot be shown. */
self.addEventListener('message', async ({ data: { bytes, width } }) => {
  let picture = null;
  try {
    picture = await firstPage(bytes, width);
  } catch {
    // Damaged, or packed in a way the decoder does not know.
  }
  self.postMessage(picture, picture ? [picture] : []);
});

async function firstPage(bytes, width) {
  const [page] = self.UTIF.decode(bytes);
  const [columns, rows] = [page.t256[0], page.t257[0]];
  if (columns * rows > MAX_PIXELS) return null;
  self.UTIF.decodeImage(bytes, page);
  const pixels = new Uint8ClampedArray(self.UTIF.toRGBA8(page).buffer);
  const scale = Math.min(1, width / columns, MAX_SIDE / rows);
  return createImageBitmap(new ImageData(pixels, columns, rows), {
    resizeWidth: Math.max(1, Math.round(columns * scale)),
    resizeHeight: Math.max(1, Math.round(rows * scale)),
    resizeQuality: 'high',
  });
}
