import type { KeyboardEvent } from "react";

/** Arrow keys, Home and End walk from row link to row link. */
export function moveAlongRows(event: KeyboardEvent<HTMLElement>) {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLElement) || !target.hasAttribute("data-row-link"))
    return;
  const links = [
    ...currentTarget.querySelectorAll<HTMLElement>("[data-row-link]"),
  ];
  const here = links.indexOf(target);
  const next = {
    ArrowDown: here + 1,
    ArrowUp: here - 1,
    Home: 0,
    End: links.length - 1,
  }[key];
  const link = next === undefined ? undefined : links[next];
  if (!link) return;
  event.preventDefault();
  link.focus();
}
