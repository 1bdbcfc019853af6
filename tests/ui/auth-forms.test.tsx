import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { SetUpForm } from "@/modules/identity/ui/set-up-form";
import { SignInForm } from "@/modules/identity/ui/sign-in-form";
import { enter } from "@/client/enter";

// jsdom cannot leave the page.
jest.mock("@/client/enter", () => ({ enter: jest.fn() }));

type Reply = { status: number; body: unknown };
type Routes = Record<string, (body: string) => Reply>;

const csrf = () => ({ status: 200, body: { csrfToken: "c" } });
const providers = () => ({
  status: 200,
  body: { credentials: { id: "credentials", type: "credentials" } },
});
const callback = "POST /api/auth/callback/credentials";

/** A stand-in for the server: answers by method and path, and keeps what was sent. */
function serve(routes: Routes) {
  const sent: { call: string; body: string }[] = [];
  const all: Routes = {
    "GET /api/auth/csrf": csrf,
    "GET /api/auth/providers": providers,
    "POST /api/auth/_log": () => ({ status: 200, body: {} }),
    ...routes,
  };
  global.fetch = jest.fn(async (input: unknown, init: RequestInit = {}) => {
    const { method = "GET" } = init;
    const body = bodyText(init.body);
    const call = `${method.toUpperCase()} ${String(input).replace(/\?$/, "")}`;
    sent.push({ call, body });
    const reply = all[call]?.(body);
    if (!reply) throw new TypeError(`Nobody answers ${call}`);
    return Response.json(reply.body, { status: reply.status });
  }) as typeof fetch; // Safe: it takes and gives what fetch does, here.
  return sent;
}

function refusal(code: string): Reply {
  const url = `http://localhost/sign-in?error=${code}`;
  return { status: 401, body: { url } };
}

const entered = jest.mocked(enter);
afterEach(() => entered.mockClear());

async function signIn(email: string, password: string) {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("Email"), email);
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("the right pair enters the page that was wanted", async () => {
  const sent = serve({
    [callback]: () => ({ status: 200, body: { url: "http://localhost/" } }),
  });
  render(<SignInForm next="/customers?page=2" />);
  await signIn("ada@example.com", "a long sentence is best");
  await waitFor(() =>
    expect(entered).toHaveBeenCalledWith("/customers?page=2"),
  );
  const body = new URLSearchParams(sent.at(-1)?.body);
  expect(body.get("email")).toBe("ada@example.com");
  expect(body.get("password")).toBe("a long sentence is best");
  expect(body.get("csrfToken")).toBe("c");
});

test("a wanted page elsewhere is not entered", async () => {
  serve({
    [callback]: () => ({ status: 200, body: { url: "http://localhost/" } }),
  });
  render(<SignInForm next="//evil.example" />);
  await signIn("ada@example.com", "a long sentence is best");
  await waitFor(() => expect(entered).toHaveBeenCalledWith("/"));
});

test.each([
  ["CredentialsSignin", /do not match/],
  ["RATE_LIMITED", /wait a minute/i],
  ["UNAVAILABLE", /a few seconds/],
  ["SomethingNew", /did not work/],
])("%s is said in words, and nothing typed is lost", async (code, words) => {
  serve({ [callback]: () => refusal(code) });
  render(<SignInForm />);
  await signIn("ada@example.com", "wrong");
  expect(await screen.findByRole("alert")).toHaveTextContent(words);
  expect(screen.getByLabelText("Email")).toHaveValue("ada@example.com");
  expect(screen.getByLabelText("Password")).toHaveFocus();
  expect(entered).not.toHaveBeenCalled();
});

test("no answer from the server is said in words, and the page stays", async () => {
  jest.spyOn(console, "error").mockImplementation(() => {}); // next-auth's own words
  serve({ "GET /api/auth/csrf": () => ({ status: 502, body: {} }) });
  render(<SignInForm />);
  await signIn("ada@example.com", "anything");
  expect(await screen.findByRole("alert")).toHaveTextContent(
    /cannot be reached/,
  );
  expect(entered).not.toHaveBeenCalled();
});

test("empty fields are named and nothing is sent", async () => {
  const sent = serve({});
  render(<SignInForm />);
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText("Enter your email.")).toBeInTheDocument();
  expect(screen.getByText("Enter your password.")).toBeInTheDocument();
  expect(sent).toEqual([]);
});

test("a password can be shown, and password stores find both fields", async () => {
  render(<SignInForm />);
  const password = screen.getByLabelText("Password");
  expect(password).toHaveAttribute("type", "password");
  expect(password).toHaveAttribute("autocomplete", "current-password");
  expect(screen.getByLabelText("Email")).toHaveAttribute(
    "autocomplete",
    "username",
  );
  await userEvent.click(screen.getByRole("button", { name: "Show password" }));
  expect(password).toHaveAttribute("type", "text");
});

async function setUp(password: string) {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("Name"), "Ada Lovelace");
  await user.type(screen.getByLabelText("Email"), "ada@example.com");
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Create owner" }));
}

test("the first owner is made, signed in and brought to the dashboard", async () => {
  const sent = serve({
    "POST /api/v1/set-up": () => ({
      status: 201,
      body: {
        id: "usr_01jd0000000000000000000000",
        email: "ada@example.com",
        full_name: "Ada Lovelace",
      },
    }),
    [callback]: () => ({ status: 200, body: { url: "http://localhost/" } }),
  });
  render(<SetUpForm token="su_token" />);
  await setUp("a long sentence is best");
  await waitFor(() => expect(entered).toHaveBeenCalledWith("/"));
  const made = sent.find(({ call }) => call === "POST /api/v1/set-up");
  expect(JSON.parse(made?.body ?? "")).toEqual({
    token: "su_token",
    full_name: "Ada Lovelace",
    email: "ada@example.com",
    password: "a long sentence is best",
  });
});

test("a short password is refused before anything is sent", async () => {
  const sent = serve({});
  render(<SetUpForm token="su_token" />);
  await setUp("too short");
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("at least 12 characters");
  expect(screen.getByLabelText("Password")).toBeInvalid();
  expect(sent).toEqual([]);
});

test("what the server says of a field stands at that field", async () => {
  serve({
    "POST /api/v1/set-up": () => ({
      status: 400,
      body: {
        error: "The request has errors.",
        code: "VALIDATION_FAILED",
        request_id: "req_1",
        details: {
          fields: [
            { field: "body.password", message: "is one of the commonest" },
          ],
        },
      },
    }),
  });
  render(<SetUpForm token="su_token" />);
  await setUp("password1234");
  expect(
    await screen.findAllByText("The password is one of the commonest"),
  ).not.toHaveLength(0);
  expect(screen.getByLabelText("Password")).toBeInvalid();
});

test("a link that was used meanwhile says what to do", async () => {
  serve({
    "POST /api/v1/set-up": () => ({
      status: 410,
      body: {
        error: "This set-up link has been used. Restart the server.",
        code: "GONE",
        request_id: "req_1",
      },
    }),
  });
  render(<SetUpForm token="su_token" />);
  await setUp("a long sentence is best");
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "This set-up link has been used. Restart the server.",
  );
  expect(entered).not.toHaveBeenCalled();
});

function bodyText(body: RequestInit["body"]): string {
  if (body instanceof URLSearchParams) return body.toString();
  return typeof body === "string" ? body : "";
}
