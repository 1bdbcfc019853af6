import { render, screen } from "@testing-library/react";
import fc from "fast-check";
import { Markdown } from "@/modules/support/ui/markdown";
import { markdownBlocks, safeHref } from "@/modules/support/ui/markdown-blocks";

const html = (text: string) => {
  const { container, unmount } = render(<Markdown text={text} />);
  const found = container.firstElementChild?.innerHTML ?? "";
  unmount();
  return found.replace(/ (class|tabindex)="[^"]*"/g, "");
};

test("what people write in messages is shown as they mean it", () => {
  expect(html("# Hello\n\nOne **two** *three* `four`\nfive ~~six~~")).toBe(
    "<p>Hello</p><p>One <strong>two</strong> <em>three</em> <code>four</code><br>five <s>six</s></p>",
  );
  expect(html("- one\n- two\n  more\n\n3. three\n4) four")).toBe(
    '<ul><li>one</li><li>two more</li></ul><ol start="3"><li>three</li><li>four</li></ol>',
  );
  expect(html("> said\n> > before\n\n---\n```js\n**a** <b>\n```")).toBe(
    "<blockquote><p>said</p><blockquote><p>before</p></blockquote></blockquote><hr><pre><code>**a** &lt;b&gt;</code></pre>",
  );
  expect(html("snake_case_name and 2 * 3 * 4")).toBe(
    "<p>snake_case_name and 2 * 3 * 4</p>",
  );
});

test("HTML is text, and nothing of it becomes an element", () => {
  const text = '<img src=x onerror="alert(1)"> <script>x</script> &amp;';
  const { container } = render(<Markdown text={text} />);
  expect(container.querySelector("img, script")).toBeNull();
  expect(container.textContent).toBe(text);
});

test("a link leads to http, https and mailto alone, says nothing of where it was, and opens apart", () => {
  render(<Markdown text="[docs](https://example.com/a) <https://b.example>" />);
  const link = screen.getByRole("link", { name: "docs" });
  expect(link).toHaveAttribute("href", "https://example.com/a");
  expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow ugc");
  expect(link).toHaveAttribute("target", "_blank");
  expect(screen.getAllByRole("link")).toHaveLength(2);
  for (const href of [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "/portal",
    "\u0001javascript:x",
    "blob:https://x",
  ]) {
    expect([href, safeHref(href)]).toEqual([href, null]);
    expect(html(`[x](${href})`)).not.toContain("<a");
  }
  expect(safeHref("mailto:a@example.com")).not.toBeNull();
});

test("no text is lost or breaks it, whatever it is", () => {
  const piece = fc.constantFrom(
    ...["*", "**", "_", "`", "```", "~~", "[", "](", ")", "> ", "- ", "1. "],
    ...["\n", " ", "a", "https://x.y", "<b>", "#", "javascript:", "\\", "ü"],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      const { container, unmount } = render(<Markdown text={text} />);
      for (const link of container.querySelectorAll("a"))
        expect(safeHref(link.getAttribute("href") ?? "")).not.toBeNull();
      expect(container.querySelector("b, script, img")).toBeNull();
      const letters = (one: string) => one.replace(/[^aü]/g, "").length;
      const hidden = letters([...text.matchAll(/(```|~~~)[^\n]*/g)].join(""));
      expect(letters(container.textContent ?? "")).toBeGreaterThanOrEqual(
        letters(text) -
          hidden -
          letters([...text.matchAll(/\]\([^)]*/g)].join("")),
      );
      unmount();
    }),
    { numRuns: Number(process.env["MARKDOWN_RUNS"] ?? 300) },
  );
});

test("a text that is made to be slow takes no longer than its length", () => {
  const startedAt = performance.now();
  for (const part of ["*a ", "**", "[a](", "> ", "_a", "`", "~~a", "1. "])
    markdownBlocks(part.repeat(20_000 / part.length));
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
