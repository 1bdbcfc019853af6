export const securityHeaders: Record<string, string>;
export const onlyHttps: readonly [name: string, value: string];
export const dataPolicy: string;
export const docsPolicy: string;
