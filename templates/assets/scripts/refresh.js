/**
 * A page that waits for something (`data-refresh="3"`, seconds) looks again and shows the new content in place.
 * It gives up after ten minutes: the link on the page stays.
 */
const GIVE_UP = 10 * 60 * 1000;

export function startRefresh(started = Date.now()) {
  const waiting = document.querySelector('[data-refresh]');
  if (!waiting || Date.now() - started > GIVE_UP) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (answer.redirected) {
        location.assign(answer.url);
        return;
      }
      const next = new window.DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!next.querySelector('[data-refresh]')) {
        location.reload();
        return;
      }
      document.querySelector('main').replaceChildren(...next.querySelector('main').childNodes);
    } catch {
      // No connection at this moment: the next look may succeed.
    }
    startRefresh(started);
  }, Number(waiting.dataset.refresh) * 1000);
}
