import { Fragment, type ReactNode } from "react";
import { markdownBlocks, type Block, type Inline } from "./markdown-blocks";

/** A text in markdown, as elements: nothing of it is ever read as HTML. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-2 text-sm wrap-anywhere">
      {blocksOf(markdownBlocks(text))}
    </div>
  );
}

// What is written does not change in its order, so its place is its key.
function blocksOf(blocks: Block[]): ReactNode {
  return blocks.map((block, i) => <Fragment key={i}>{shown(block)}</Fragment>);
}

function shown(block: Block): ReactNode {
  switch (block.kind) {
    case "paragraph":
      return <p>{linesOf(block.lines)}</p>;
    case "heading":
      return <p className="font-semibold">{linesOf(block.lines)}</p>;
    case "code":
      return (
        <pre
          tabIndex={0}
          className="overflow-x-auto rounded-md border bg-subtle px-3 py-2 font-mono text-xs wrap-normal"
        >
          <code>{block.text}</code>
        </pre>
      );
    case "list":
      return <List {...block} />;
    case "quote":
      return (
        <blockquote className="flex flex-col gap-2 border-l-2 pl-3 text-ink-muted">
          {blocksOf(block.of)}
        </blockquote>
      );
    case "rule":
      return <hr />;
    default:
      return block satisfies never;
  }
}

function List({ isOrdered, start, items }: Extract<Block, { kind: "list" }>) {
  const children = items.map((item, i) => <li key={i}>{inlinesOf(item)}</li>);
  return isOrdered ? (
    <ol start={start} className="list-decimal pl-6">
      {children}
    </ol>
  ) : (
    <ul className="list-disc pl-6">{children}</ul>
  );
}

function linesOf(lines: Inline[][]): ReactNode {
  return lines.map((line, i) => (
    <Fragment key={i}>
      {i > 0 ? <br /> : null}
      {inlinesOf(line)}
    </Fragment>
  ));
}

function inlinesOf(inlines: Inline[]): ReactNode {
  return inlines.map((inline, i) => (
    <Fragment key={i}>{written(inline)}</Fragment>
  ));
}

function written(inline: Inline): ReactNode {
  if (typeof inline === "string") return inline;
  switch (inline.kind) {
    case "code":
      return (
        <code className="rounded-sm bg-muted px-1 py-0.5 font-mono text-xs">
          {inline.text}
        </code>
      );
    case "strong":
      return <strong className="font-semibold">{inlinesOf(inline.of)}</strong>;
    case "emphasis":
      return <em>{inlinesOf(inline.of)}</em>;
    case "strike":
      return <s>{inlinesOf(inline.of)}</s>;
    case "link":
      return (
        <a
          href={inline.href}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
          className="text-accent-text underline underline-offset-2"
        >
          {inlinesOf(inline.of)}
        </a>
      );
    default:
      return inline satisfies never;
  }
}
