/**
 * The first page of a file as a picture: in its row when one scrolls to it, and large in a window of its own. Nothing of a file runs here:
 * the browser draws pictures, pdf.js and a TIFF decoder draw the rest onto a canvas, in workers and within limits. A file that cannot be
 * drawn keeps the sign of its format.
 */
import { openViewer } from './viewer.js';

const FACE_WIDTH = 168;
const PAGE_WIDTH = 1600;
/** Files of the page that were read already, by address: a row and the window share them. */
const contents = new Map();

function contentOf(address) {
  const known = contents.get(address);
  if (known) return known;
  const content = fetch(address, { headers: { accept: '*/*' } }).then((answer) => {
    if (!answer.ok) throw new Error(`The file answered ${answer.status}`);
    return answer.arrayBuffer();
  });
  contents.set(address, content);
  content.catch(() => contents.delete(address));
  return content;
}

/** The first page of a `pdf` or a `tiff` as a canvas of that width in pixels. */
async function draw(format, address, width) {
  const bytes = (await contentOf(address)).slice(0);
  const { drawFirstPage } = format === 'pdf' ? await import('./preview-pdf.js') : await import('./preview-tiff.js');
  return drawFirstPage(bytes, width);
}

function loadPicture(address) {
  const picture = new window.Image();
  picture.src = address;
  return picture.decode().then(() => picture);
}

/** A large view of the file that this link or button speaks of. */
function show(opener) {
  const { view, source, href, name } = opener.dataset;
  const format = name.split('.').at(-1).toLowerCase();
  return openViewer({
    name,
    href,
    note: view === 'picture' ? '' : 'Показана первая страница.',
    page: async () => {
      const page = view === 'picture' ? await loadPicture(source) : await draw(format, source, PAGE_WIDTH);
      const words = `Изображение файла «${name}»`;
      if (view === 'picture') page.alt = words;
      else {
        page.setAttribute('role', 'img');
        page.setAttribute('aria-label', words);
      }
      return page;
    },
  });
}

/** One after another: ten files of a document do not start ten decoders. */
let faces = Promise.resolve();

const drawFace = (face) =>
  draw(face.dataset.draw, face.dataset.source, FACE_WIDTH).then(
    (canvas) => face.append(canvas),
    () => face.setAttribute('data-undrawn', ''),
  );

const seen = new window.IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      faces = faces.then(() => drawFace(target));
    }
  },
  { rootMargin: '100px' },
);

/** Makes the faces and the openers inside `place` live. */
export function startPreviews(place = document) {
  for (const face of place.querySelectorAll('[data-draw]')) seen.observe(face);
  for (const opener of place.querySelectorAll('[data-view]')) {
    opener.hidden = false;
    opener.addEventListener('click', (event) => {
      event.preventDefault();
      void show(opener);
    });
  }
}
