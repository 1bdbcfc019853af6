const signs = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

let lastSign = Date.now();

if (typeof window !== "undefined")
  for (const sign of signs)
    window.addEventListener(sign, () => (lastSign = Date.now()), {
      passive: true,
      capture: true,
    });

/** Whether somebody has moved, typed or pressed anything on this page in the last while. */
export function isAttended(withinSeconds = 60): boolean {
  return Date.now() - lastSign <= withinSeconds * 1_000;
}
