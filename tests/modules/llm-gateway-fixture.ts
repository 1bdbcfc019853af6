import { createServer, type Server } from "node:http";
import {
  createGateway,
  type Means,
} from "../../examples/llm-gateway/src/gateway";
import {
  startStandIn,
  type StandIn,
} from "../../examples/llm-gateway/src/stand-in";
import { createTollkeeper, type Tollkeeper } from "../../sdk/src/index";
import {
  standInToken,
  startApiStandIn,
  type ApiStandIn,
} from "../support/api-stand-in";
import { onLoopback } from "../support/loopback";

export const messages = [{ role: "user", content: "to be or not to be" }];
export const bearer = { authorization: "Bearer sk_1" };

/** A gateway before each test: with stand-ins for Tollkeeper, and for the model unless told. */
export function useGateway() {
  const closing: (() => Promise<void>)[] = [];
  const gateway = {} as {
    api: ApiStandIn;
    model: StandIn;
    tollkeeper: Tollkeeper;
    url: string;
  }; // Safe: filled before each test.

  async function serve(means: Partial<Means> = {}): Promise<string> {
    const { tollkeeper, model } = gateway;
    const handler = createGateway({
      tollkeeper,
      upstream: { url: model.url, key: "up" },
      meter: "tokens",
      answerTokens: 1000,
      provider: "openai",
      ...means,
    });
    return listen(
      createServer((request, response) => void handler(request, response)),
    );
  }

  async function listen(server: Server): Promise<string> {
    const { url, close } = await onLoopback(server);
    closing.push(close);
    return url;
  }

  beforeEach(async () => {
    gateway.api = await startApiStandIn();
    gateway.model = await startStandIn();
    gateway.tollkeeper = createTollkeeper({
      url: gateway.api.url,
      token: standInToken,
      flushMs: 60_000,
      onUnavailable: "deny",
      onError: () => {},
    });
    gateway.url = await serve();
  });

  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
    await gateway.tollkeeper.close(0);
    gateway.model.close();
    await gateway.api.stop();
  });

  return Object.assign(gateway, {
    /** a gateway before another model */
    serve,
    listen,
    chat: (body: object, url = gateway.url) =>
      fetch(`${url}/v1/chat/completions`, {
        method: "POST",
        headers: bearer,
        body: JSON.stringify({ model: "gpt-4o-mini", messages, ...body }),
      }),
    /** The events that the gateway has reported, once there are so many. */
    async reported(least = 1) {
      const { api, tollkeeper } = gateway;
      for (let turn = 0; turn < 300; turn++) {
        await tollkeeper.flush();
        if (api.batches.flat().length >= least) break;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return api.batches.flat();
    },
  });
}
