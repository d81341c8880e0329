/** The two parts of the section «Документы»; `current` is the address of the one that is shown. */
export const sectionTabs = (current: '/documents' | '/documents/electronic') =>
  [
    { href: '/documents', text: 'Личные документы' },
    { href: '/documents/electronic', text: 'Электронные документы' },
  ].map((tab) => ({ ...tab, current: tab.href === current }));
