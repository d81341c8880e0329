/**
 * A page that waits for something (`data-refresh="3"`, seconds) looks again: it shows news in place and reloads when the wait is over.
 * It gives up after ten minutes: the link on the page stays.
 */
const GIVE_UP = 10 * 60 * 1000;

export function startRefresh(started = Date.now()) {
  const waiting = document.querySelector('[data-refresh]');
  if (!waiting || Date.now() - started > GIVE_UP) return;
  setTimeout(
    async () => {
      try {
        const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
        if (answer.redirected) {
          location.assign(answer.url);
          return;
        }
        const next = new window.DOMParser().parseFromString(await answer.text(), 'text/html');
        const now = next.querySelector('[data-refresh]');
        if (!now) {
          location.reload();
          return;
        }
        // Only news is shown: the same words again would be read aloud every few seconds.
        if (now.textContent !== waiting.textContent) waiting.replaceWith(document.adoptNode(now));
      } catch {
        // No connection at this moment: the next look may succeed.
      }
      startRefresh(started);
    },
    Number(waiting.dataset.refresh) * 1000,
  );
}
