import { GlobalWorkerOptions, getDocument } from './pdfjs/pdf.min.mjs';

const FOLDER = new URL('./pdfjs/', import.meta.url).href;
/** The largest picture inside a page, in pixels: a scan of A4 at 600 dpi has 35 million. */
const MAX_PIXELS = 40_000_000;
const MAX_MILLISECONDS = 20_000;
const MAX_HEIGHT_TO_WIDTH = 4;

GlobalWorkerOptions.workerSrc = `${FOLDER}pdf.worker.min.mjs`;
// The page itself is drawn in a worker, too: a heavy one does not stop the portal's page.
GlobalWorkerOptions.rendererSrc = `${FOLDER}pdf.renderer.min.mjs`;

const within = (work, milliseconds) =>
  Promise.race([
    work,
    new Promise((_, failed) => setTimeout(() => failed(new Error('The page takes too long')), milliseconds)),
  ]);

/**
 * The first page of a PDF on a canvas of that width in pixels. Nothing of the document acts: no scripts, no XFA, no links and no
 * forms, only what is drawn. Rejects what cannot be read or takes too long.
 */
export async function drawFirstPage(bytes, width) {
  const task = getDocument({
    data: new Uint8Array(bytes),
    enableXfa: false,
    useWasm: false,
    wasmUrl: FOLDER,
    standardFontDataUrl: `${FOLDER}standard_fonts/`,
    maxImageSize: MAX_PIXELS,
    canvasMaxAreaInBytes: MAX_PIXELS * 4,
    verbosity: 0,
  });
  try {
    return await within(render(task, width), MAX_MILLISECONDS);
  } finally {
    await task.destroy();
  }
}

async function render(task, width) {
  const page = await (await task.promise).getPage(1);
  const whole = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: width / whole.width });
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.ceil(Math.min(viewport.height, width * MAX_HEIGHT_TO_WIDTH));
  await page.render({ canvas, viewport, background: '#fff' }).promise;
  return canvas;
}
