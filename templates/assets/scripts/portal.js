/** Improvements for browsers that run scripts. Every page works without them. */
import { startAutosave } from './autosave.js';
import { startCountdowns } from './countdown.js';
import { startForms } from './forms.js';
import { startKinds } from './kinds.js';
import { startMenus } from './menus.js';
import { startRefresh } from './refresh.js';

/** Copy buttons appear only where copying works. */
function startCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    const words = button.querySelector('.visually-hidden');
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.setAttribute('data-copied', '');
      if (!words) return;
      const before = words.textContent;
      words.textContent = 'Скопировано';
      setTimeout(() => {
        words.textContent = before;
        button.removeAttribute('data-copied');
      }, 2000);
    });
  }
}

/** Files are sent and shown by modules of their own: other pages do not load them. */
async function startFiles() {
  if (document.querySelector('[data-upload]')) (await import('./upload.js')).startUploads();
  if (document.querySelector('[data-view], [data-draw]')) (await import('./preview.js')).startPreviews();
}

/** Errors of a refused form are read out and reachable at once. */
function focusErrors() {
  document.querySelector('[data-focus]')?.focus();
}

startMenus();
startCopying();
startForms();
startAutosave();
startCountdowns();
startKinds();
startRefresh();
focusErrors();
void startFiles();
