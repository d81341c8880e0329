/** The off-canvas menu and the drop-downs: Escape closes them, focus goes where a person expects it. */
export function startMenus() {
  const menu = document.getElementById('menu');
  const opener = document.querySelector('[data-menu-open]');

  const isOpen = () => location.hash === '#menu';
  const close = () => {
    location.hash = '#main';
    opener?.focus();
  };

  if (menu && opener) {
    window.addEventListener('hashchange', () => {
      if (isOpen()) menu.querySelector('a')?.focus();
    });
    for (const closer of document.querySelectorAll('[data-menu-close]')) {
      closer.addEventListener('click', (event) => {
        event.preventDefault();
        close();
      });
    }
  }

  const dropdowns = [...document.querySelectorAll('details[data-dropdown]')];
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    if (menu && isOpen()) close();
    for (const dropdown of dropdowns.filter(({ open }) => open)) {
      dropdown.open = false;
      dropdown.querySelector('summary')?.focus();
    }
  });
  document.addEventListener('click', ({ target }) => {
    for (const dropdown of dropdowns) if (dropdown.open && !dropdown.contains(target)) dropdown.open = false;
  });
}
