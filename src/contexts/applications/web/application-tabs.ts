const TABS = [
  { href: '/applications', text: 'История заявлений' },
  { href: '/applications/drafts', text: 'Черновики' },
];

/** Parts of «Заявления» (seed 000) for the partial `tabs`. */
export const applicationTabs = (current: '/applications' | '/applications/drafts') =>
  TABS.map((tab) => ({ ...tab, current: tab.href === current }));
