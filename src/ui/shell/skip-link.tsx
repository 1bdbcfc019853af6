/** The first stop of the Tab key: past the navigation, to the page. */
export function SkipLink({ label = "Skip to content" }: { label?: string }) {
  return (
    <a
      href="#content"
      className="sr-only rounded-md bg-overlay px-3 py-2 text-sm font-medium text-ink shadow-overlay focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
    >
      {label}
    </a>
  );
}
