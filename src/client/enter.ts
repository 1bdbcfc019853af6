/** Load a page of ours from the server: what was rendered before was for somebody else. */
export function enter(path: string): void {
  window.location.assign(path);
}
