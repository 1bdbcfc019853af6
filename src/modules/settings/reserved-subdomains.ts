/** Names that a seller needs itself, or that people would take for the seller's. */
export const reservedSubdomains = [
  ...["admin", "api", "app", "assets", "auth", "billing", "blog", "cdn"],
  ...["dashboard", "db", "demo", "dev", "docs", "email", "ftp", "help"],
  ...["imap", "internal", "login", "mail", "mx", "ns1", "ns2", "pop"],
  ...["portal", "postgres", "root", "security", "smtp", "staging", "static"],
  ...["status", "support", "test", "tollkeeper", "webmail", "www"],
];
