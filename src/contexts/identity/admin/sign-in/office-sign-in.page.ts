import { page, type Page } from '../../../../platform/http/page.js';
import { type FormErrors } from '../../../../platform/http/read-form.js';

/** The password and the code are never shown again. */
export function officeSignInPage(shown: { email?: string; returnPath: string; errors?: FormErrors | null }): Page {
  const { email = '', returnPath, errors = null } = shown;
  const model = { title: 'Вход для сотрудников', form: { email }, returnPath, errors };
  return page('identity/office-sign-in', model, { layout: 'office', status: errors ? 422 : 200 });
}
