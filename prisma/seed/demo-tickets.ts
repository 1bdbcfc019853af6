import type { SeededTicket } from "./tickets";

/** What customers of a categorizer ask. */
export const apiTickets: SeededTicket[] = [
  {
    ...{ subject: "429 since this morning, although we are within our plan" },
    ...{ category: "technical", priority: "high", hoursAgo: 30 },
    body: "Since about 8:00 every tenth call is answered with **429**. Our plan has 4,000 calls a month, and the page says we used 2,900.\n\n```\nHTTP/1.1 429\nx-ratelimit-limit: 60\nretry-after: 12\n```\n\nWhat can we do?",
    said: [
      ["note", 1, "They burst at 9:00: 200 a minute for five minutes."],
      [
        "us",
        1.5,
        "Hello,\n\nyour *month* is fine; it is the **minute** that is full: 60 calls. We raised it for this week, so that you can spread them:\n\n1. look at `RateLimit` in each answer\n2. wait `retry-after` seconds\n3. or use our [SDK](https://example.com/sdk), which does both",
      ],
      ["customer", 26, "That works, thank you. Can it stay like that?"],
    ],
  },
  {
    ...{ subject: "Invoice without our VAT number" },
    ...{ category: "billing", priority: "normal", hoursAgo: 20 },
    body: "The last invoice does not have our VAT number on it, and our accountant sends it back. Could you issue it again?",
  },
  {
    ...{ subject: "Which category is a shop for second-hand books?" },
    ...{ category: "general", priority: "low", hoursAgo: 100 },
    body: "It comes back as *news*, which it is not:\n\n- https://books.example\n- https://used.example/books",
    said: [
      ["us", 20, "You are right, and it is mended: both are **shopping** now."],
      ["customer", 22, "Perfect."],
    ],
    end: "closed",
  },
  {
    ...{ subject: "Please add a webhook for finished batches" },
    ...{ category: "feature_request", priority: "low", hoursAgo: 260 },
    body: "> poll every minute\n\nis what the guide says. A webhook would save us a lot of calls.",
    said: [["us", 30, "It is planned. We keep this ticket until it is there."]],
    end: "on_hold",
  },
  {
    ...{ subject: "A colleague who left still has access" },
    ...{ category: "account", priority: "urgent", hoursAgo: 52 },
    body: "She left on Friday. Please take her access away **now**.",
    said: [
      [
        "us",
        0.4,
        "Done: she is signed out everywhere. You can do that yourself under **Team**, and should rotate the keys that she knew under **API keys**.",
      ],
    ],
    end: "resolved",
  },
  {
    ...{ subject: "Latency from Singapore" },
    ...{ category: "technical", priority: "normal", hoursAgo: 3 },
    body: "We see 900 ms at the median from Singapore, and 140 ms from Frankfurt. Is there a region nearer to us?",
  },
];

/** What households ask their WiFi provider. */
export const wifiTickets: SeededTicket[] = [
  {
    ...{ subject: "No internet since yesterday evening" },
    ...{ category: "technical", priority: "urgent", hoursAgo: 14 },
    body: "The router's second light is **red**. I restarted it twice.",
    said: [
      ["note", 0.3, "The mast in Kilimani was down from 19:40 to 22:10."],
      ["us", 0.5, "The mast near you is repaired. Is the light green now?"],
    ],
  },
  {
    ...{ subject: "I paid by M-Pesa and it still says overdue" },
    ...{ category: "billing", priority: "high", hoursAgo: 5 },
    body: "Paid this morning, code QK71XYZ. Please check.",
  },
  {
    ...{ subject: "Move to a new house" },
    ...{ category: "account", priority: "low", hoursAgo: 140 },
    body: "We move from Langata to Ruaka at the end of the month. Can the package move with us?",
    said: [["us", 6, "Yes. We call you to agree on a day."]],
    end: "resolved",
  },
];
