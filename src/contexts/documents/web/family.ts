import { type QueryBus } from '@nestjs/cqrs';
import { formatPersonName } from '../../../platform/views/format.js';
import { ApplicantQuery } from '../../profile/public.js';

/** Whose documents the cabinet may keep: the owner's and the children's. Nobody is known before the profile was read once. */
export interface Family {
  readonly sex: 'M' | 'F' | null;
  readonly children: readonly { readonly id: string; readonly name: string }[];
}

export async function familyOf(accountId: string, queries: QueryBus): Promise<Family> {
  const applicant = await queries.execute(new ApplicantQuery(accountId));
  return {
    sex: applicant?.sex ?? null,
    children: (applicant?.children ?? []).map((child) => ({ id: child.id, name: formatPersonName(child) })),
  };
}

/** The choice «Чей документ»; null when there is nobody to choose from. */
export const ownersOf = ({ children }: Family) =>
  children.length === 0
    ? null
    : [{ value: '', text: 'Мой' }, ...children.map(({ id, name }) => ({ value: id, text: name }))];
