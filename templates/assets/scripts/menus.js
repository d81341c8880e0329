/** The off-canvas menu works by its address (`#menu`) alone; this moves focus, and keeps the page behind it out of reach of the keyboard. */
function startMenu(menu, opener) {
  const behind = [...document.querySelectorAll('.skip-link, .header, .footer, .with-menu-content')];
  // On wide screens the menu is part of the page and its opener is not shown.
  const isOpen = () => location.hash === '#menu' && opener.offsetParent !== null;
  const follow = () => {
    for (const part of behind) part.inert = isOpen();
  };
  const close = () => {
    location.hash = '#main';
    follow();
    opener.focus();
  };

  window.addEventListener('resize', follow);
  window.addEventListener('hashchange', () => {
    follow();
    if (isOpen()) menu.querySelector('a')?.focus();
  });
  for (const closer of document.querySelectorAll('[data-menu-close]')) {
    closer.addEventListener('click', (event) => {
      event.preventDefault();
      close();
    });
  }
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && isOpen()) close();
  });
  follow();
}

/** Drop-downs close on Escape and on a click elsewhere. */
function startDropdowns() {
  const dropdowns = [...document.querySelectorAll('details[data-dropdown]')];
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    for (const dropdown of dropdowns.filter(({ open }) => open)) {
      dropdown.open = false;
      dropdown.querySelector('summary')?.focus();
    }
  });
  document.addEventListener('click', ({ target }) => {
    for (const dropdown of dropdowns) if (dropdown.open && !dropdown.contains(target)) dropdown.open = false;
  });
}

export function startMenus() {
  const menu = document.getElementById('menu');
  const opener = document.querySelector('[data-menu-open]');
  if (menu && opener) startMenu(menu, opener);
  startDropdowns();
}
