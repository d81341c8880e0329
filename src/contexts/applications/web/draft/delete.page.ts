import { formatDateTime } from '../../../../platform/views/format.js';
import { type DraftView } from '../../application/draft.query.js';
import { draftBreadcrumb } from './step.page.js';

/** What `templates/applications/draft-delete.hbs` prints. */
export const deletePage = (draft: DraftView) => ({
  title: 'Удалить черновик?',
  breadcrumb: draftBreadcrumb(draft, 'Удалить черновик?'),
  serviceTitle: draft.form.definition.title,
  updatedAt: formatDateTime(draft.updatedAt),
  progress: draft.form.progressPercent,
  action: `/drafts/${draft.id}/delete`,
  keepHref: `/drafts/${draft.id}`,
});
