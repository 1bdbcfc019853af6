import type { Page } from "playwright-core";

/** The link of the newest mail to somebody with such a subject, read by staff in the mailbox. */
export async function linkOfMail(
  staff: Page,
  to: string,
  subject: RegExp,
): Promise<string> {
  const { origin } = new URL(staff.url());
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    await staff.goto(`${origin}/dev/mail`);
    const mail = staff
      .getByRole("link")
      .filter({ hasText: to })
      .filter({ hasText: subject });
    if ((await mail.count()) === 0) continue;
    await mail.first().click();
    await staff.waitForURL(/\/dev\/mail\/.+/);
    await staff.getByRole("heading", { name: "Text" }).waitFor();
    const text = await staff.locator("main").innerText();
    const [link] = /https?:\S+token=\w+/.exec(text) ?? [];
    if (link) return link;
  }
  throw new Error(`No mail like ${subject} came to ${to}`);
}
