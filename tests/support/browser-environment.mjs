import { TestEnvironment } from "jest-environment-jsdom";

const FROM_NODE = { fetch, Headers, Request, Response, structuredClone };
const TEXT = { TextDecoder, TextEncoder };

/** jsdom, with the parts of a browser's standard library that it leaves out. */
export default class BrowserEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, FROM_NODE, TEXT);
    this.global.ResizeObserver ??= class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
    this.global.matchMedia ??= (media) => {
      const query = new EventTarget();
      return Object.assign(query, { media, matches: false });
    };
    this.global.Element.prototype.scrollIntoView ??= () => {};
  }
}
