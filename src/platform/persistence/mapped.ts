/** Lets a mapping name a domain class whose constructor is private; the ORM fills instances without calling it. */
export const mapped = <T>(domainClass: { readonly prototype: T }): new () => T => domainClass as unknown as new () => T;
