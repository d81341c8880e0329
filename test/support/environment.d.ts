export function throwAwayEnvironment(overrides: Readonly<Record<string, string>>): Promise<Record<string, string>>;
