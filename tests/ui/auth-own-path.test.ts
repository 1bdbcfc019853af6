import { ownPath } from "@/modules/identity/ui/own-path";

test.each([
  ["/", "/"],
  ["/customers", "/customers"],
  [
    "/customers?status=active&page=2#top",
    "/customers?status=active&page=2#top",
  ],
  ["/keys/../customers", "/customers"],
])("a path of ours is kept: %s", (wanted, path) => {
  expect(ownPath(wanted)).toBe(path);
});

test.each([
  undefined,
  null,
  "",
  "customers",
  "https://evil.example/",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n//evil.example",
  "/.//evil.example",
  "/x/..//evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
])("anything else leads home: %j", (wanted) => {
  expect(ownPath(wanted)).toBe("/");
});

test("what it gives stays on our origin in a browser's own reading", () => {
  const origin = "https://tolls.example";
  const parts = [
    "/",
    "\\",
    "//",
    "..",
    ".",
    "\t",
    "evil.example",
    "?",
    "#",
    ":",
  ];
  for (const a of parts)
    for (const b of parts)
      for (const c of parts) {
        const path = ownPath(`/${a}${b}${c}`);
        expect(new URL(path, origin).origin).toBe(origin);
      }
});
