/** Ids come from addresses, from forms and from names in a folder: what is no UUID is nobody's. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
