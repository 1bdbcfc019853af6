/** The panel of menus, selects and pickers. */
export const popoverPanel =
  "min-w-44 rounded-lg bg-overlay text-ink shadow-overlay outline-none motion-safe:transition-opacity motion-safe:duration-100 entering:opacity-0 exiting:opacity-0";

/** One row in a menu, select or combobox. */
export const optionRow =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none focus:bg-muted open:bg-muted disabled:cursor-default disabled:text-ink-faint pointer-coarse:min-h-11";

/** The small heading of a group of rows. */
export const optionHeader = "px-2 pt-2 pb-1 text-xs font-medium text-ink-faint";
