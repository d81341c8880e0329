const MAX_MILLISECONDS = 20_000;

/** The first page of a TIFF on a canvas of that width in pixels. Decoded in a worker, which is ended if it takes too long. */
export function drawFirstPage(bytes, width) {
  return new Promise((resolve, reject) => {
    const worker = new window.Worker(new URL('./tiff-worker.js', import.meta.url));
    const failed = () => end(() => reject(new Error('The picture was not drawn')));
    const timer = setTimeout(failed, MAX_MILLISECONDS);
    const end = (tell) => {
      clearTimeout(timer);
      worker.terminate();
      tell();
    };
    worker.addEventListener('error', failed);
    worker.addEventListener('message', ({ data: picture }) =>
      picture ? end(() => resolve(onCanvas(picture))) : failed(),
    );
    worker.postMessage({ bytes, width }, [bytes]);
  });
}

function onCanvas(picture) {
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d').drawImage(picture, 0, 0);
  picture.close();
  return canvas;
}
