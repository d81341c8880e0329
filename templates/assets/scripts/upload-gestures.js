const carriesFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files');

/** Fields (`zone`, `place`, `take`) that wait for files. A file dropped beside one does not make the browser leave the page for it. */
export function startDropping(uploads) {
  const mark = (awaited) => {
    for (const { zone } of uploads) zone.classList.toggle('drop-awaited', awaited);
  };
  document.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const inside = uploads.some(({ zone }) => zone.contains(event.target));
    event.dataTransfer.dropEffect = inside ? 'copy' : 'none';
    mark(true);
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) mark(false);
  });
  document.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(false);
  });
}

const extensionOf = (name) => name.split('.').at(-1);
const timeInName = () =>
  new Intl.DateTimeFormat('ru-RU', { dateStyle: 'short', timeStyle: 'medium' }).format(new Date());

/** Browsers call every pasted picture `image.png`. */
const named = (file) =>
  /^image\.\w+$/.test(file.name)
    ? new File(
        [file],
        `Снимок экрана ${timeInName().replaceAll(':', '-').replace(',', '')}.${extensionOf(file.name)}`,
        { type: file.type },
      )
    : file;

/** Files pasted into the page go to the field one is in, or to the only one there is; pasted text is left alone. */
export function startPasting(uploads) {
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const upload =
      uploads.find(({ place }) => place.contains(event.target)) ?? (uploads.length === 1 ? uploads[0] : null);
    if (files.length === 0 || !upload) return;
    if (event.clipboardData.types.includes('text/plain') && event.target.matches('input, textarea')) return;
    event.preventDefault();
    upload.take(files.map(named), true);
  });
}
