import { act, render, screen } from "@testing-library/react";
import * as z from "zod";
import { QueryProvider, useRead, useRefresh } from "@/client/query";
import { endpoint } from "@/shared/endpoint";

const refreshPage = jest.fn();
jest.mock("next/navigation", () => ({
  useRouter: () => ({ refresh: refreshPage }),
}));

const made = {
  path: "/v1/things",
  summary: "For this test",
  audience: ["staff"],
  permission: "customers:read",
  response: z.object({ said: z.string() }),
} as const;
const list = endpoint({ ...made, id: "things.list", method: "GET" });
const preview = endpoint({ ...made, id: "things.preview", method: "POST" });

/** How often each method was asked for. */
function serve() {
  const asked = { GET: 0, POST: 0 };
  global.fetch = jest.fn(async (_: unknown, init: RequestInit = {}) => {
    const method = init.method === "POST" ? "POST" : "GET";
    asked[method] += 1;
    return Response.json({ said: `${method} ${asked[method]}` });
  }) as typeof fetch; // Safe: it takes and gives what fetch does, here.
  return asked;
}

function Said({ by }: { by: typeof list }) {
  const { data } = useRead(by, {});
  return <p>{data?.said}</p>;
}

function Page({ isPreviewed }: { isPreviewed: boolean }) {
  const refresh = useRefresh();
  return (
    <>
      <Said by={list} />
      {isPreviewed ? <Said by={preview} /> : null}
      <button onClick={refresh}>Refresh</button>
    </>
  );
}

test("a refresh renews what is read, and asks for a preview when it is shown again", async () => {
  const asked = serve();
  const page = (isPreviewed: boolean) => (
    <QueryProvider>
      <Page isPreviewed={isPreviewed} />
    </QueryProvider>
  );
  const { rerender } = render(page(true));
  await screen.findByText("GET 1");
  await screen.findByText("POST 1");

  act(() => screen.getByText("Refresh").click());
  await screen.findByText("GET 2");
  expect(asked).toEqual({ GET: 2, POST: 1 });
  expect(refreshPage).toHaveBeenCalledTimes(1);

  rerender(page(false));
  rerender(page(true));
  await screen.findByText("POST 2");
});
