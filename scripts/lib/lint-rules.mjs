// The house rules for ESLint: what docs/style.md asks and no published rule checks.

const ctxDb =
  'MemberExpression[property.name="db"][object.name=/^(ctx|tx|context)$/]';

/** The plugin that eslint.config.mjs switches on folder by folder, as `house/…`. */
export const houseRules = {
  rules: {
    "env-in-one-file": forbid({
      'MemberExpression[object.name="process"][property.name="env"]':
        "Read settings through env() of @/platform/env.",
      'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]':
        "Read settings through env() of @/platform/env.",
    }),
    "db-in-queries": forbid({
      [ctxDb]: "Only a module's queries read the database of the context.",
      'VariableDeclarator[init.name=/^(ctx|tx|context)$/] > ObjectPattern > Property[key.name="db"]':
        "Only a module's queries read the database of the context.",
    }),
    "zod-namespace": forbid({
      'ImportDeclaration[source.value=/^zod(\\u002F|$)/] > :matches(ImportSpecifier[imported.name="z"], ImportDefaultSpecifier)':
        'Write import * as z from "zod": the other forms put all of zod into the page.',
    }),
    "clock-and-chance": forbid({
      'NewExpression[callee.name="Date"][arguments.length=0]':
        "Take the time from ctx.now().",
      'CallExpression[callee.object.name="Date"][callee.property.name="now"]':
        "Take the time from ctx.now().",
      'MemberExpression[object.name="Math"][property.name="random"]':
        "Take randomness from @/shared/ids.",
      'CallExpression[callee.property.name="randomUUID"]':
        "Take ids from @/shared/ids.",
    }),
    "no-float-money": forbid({
      "Literal[raw=/^[0-9_]*\\.[0-9]|^[0-9.]+e-/i]":
        "Money is whole minor units: a fraction is lost in a float.",
      ':matches(BinaryExpression[operator="/"], AssignmentExpression[operator="/="])':
        "Money is whole minor units: divide by a function of @/shared/money.",
      'CallExpression[callee.name="parseFloat"], CallExpression[callee.property.name=/^(parseFloat|toFixed|toPrecision)$/]':
        "Money is whole minor units: read and show it by @/shared/money.",
      'MemberExpression[object.name="Math"][property.name=/^(round|floor|ceil|trunc|fround|pow)$/]':
        "Money is whole minor units: round by a function of @/shared/money.",
    }),
    "route-exports": { meta: { type: "problem" }, create: checkRouteExports },
  },
};

function forbid(selectors) {
  return {
    meta: { type: "problem" },
    create: (context) =>
      Object.fromEntries(
        Object.entries(selectors).map(([selector, message]) => [
          selector,
          (node) => context.report({ node, message }),
        ]),
      ),
  };
}

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;
const OPTIONS = /^(runtime|dynamic|revalidate|maxDuration|preferredRegion)$/;

// A route file may export HTTP methods that @/http/route made, there or in @/http/hot, and Next's
// settings; nothing else.
function checkRouteExports(context) {
  const makers = new Set();
  const check = (node, name, isMade) => {
    if (OPTIONS.test(name) || (METHODS.test(name) && isMade)) return;
    const message = `${name} must be an HTTP method made by a function of @/http/route or @/http/webhook, or taken from @/http/hot.`;
    context.report({ node, message });
  };
  return {
    "ImportDeclaration[source.value=/^@\\u002Fhttp\\u002F(route|webhook)$/]"(
      node,
    ) {
      for (const { local } of node.specifiers) makers.add(local.name);
    },
    "ExportNamedDeclaration > VariableDeclaration > VariableDeclarator"(node) {
      const isMade =
        node.init?.type === "CallExpression" &&
        makers.has(node.init.callee.name);
      check(node, node.id.name ?? "A destructured export", isMade);
    },
    "ExportNamedDeclaration > FunctionDeclaration"(node) {
      check(node, node.id.name, false);
    },
    ExportSpecifier(node) {
      const isMade = node.parent.source?.value === "@/http/hot";
      check(node, node.exported.name, isMade);
    },
    "ExportAllDeclaration, ExportDefaultDeclaration"(node) {
      check(node, "This export", false);
    },
  };
}
