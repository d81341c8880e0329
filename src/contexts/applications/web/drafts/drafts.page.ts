import { plural } from '../../../../platform/views/format.js';
import { type DraftLine } from '../../application/drafts.query.js';
import { applicationTabs } from '../application-tabs.js';
import { draftRow } from '../service/service.page.js';

/** What `templates/applications/drafts.hbs` prints. */
export const draftsPage = (drafts: readonly DraftLine[]) => ({
  title: 'Черновики заявлений',
  tabs: applicationTabs('/applications/drafts'),
  count: plural(drafts.length, 'черновик', 'черновика', 'черновиков'),
  rows: drafts.map(draftRow),
});
