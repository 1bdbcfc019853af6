export const securityHeaders: Record<string, string>;
export const dataPolicy: string;
export const docsPolicy: string;
