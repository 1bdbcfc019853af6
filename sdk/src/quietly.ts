/** Run one of the host's callbacks. What it throws or rejects with must not reach a request. */
export function quietly(
  callback: () => unknown,
  onFailure: (error: unknown) => void = () => {},
): void {
  try {
    Promise.resolve(callback()).catch(onFailure);
  } catch (error) {
    onFailure(error);
  }
}
