/** Props whose optional ones may also be passed as undefined, so that wrappers can hand them on. */
export type Lenient<T> = {
  [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K];
};

/** `T` after `given`: what may have been undefined is optional. */
export type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<
    T[K],
    undefined
  >;
};

/** The props that have a value: react-aria's types know no undefined. */
export function given<T extends object>(props: T): Given<T> {
  const entries = Object.entries(props).filter(
    ([, value]) => value !== undefined,
  );
  // Only undefined entries were left out, which is what Given<T> says.
  return Object.fromEntries(entries) as Given<T>;
}
