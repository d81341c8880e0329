/** «Мария Петровна Н.»: how the cabinet addresses a person, without showing the full surname on every page. */
export function displayNameOf(name: { firstName: string; middleName: string | null; lastName: string }): string {
  const initial = name.lastName.slice(0, 1);
  return [name.firstName, name.middleName, initial && `${initial}.`].filter(Boolean).join(' ');
}
