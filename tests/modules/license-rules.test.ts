import fc from "fast-check";
import { readDomain } from "@/modules/licenses/domain-name";
import { formatKey, keyPrefix, readKey } from "@/modules/licenses/license-key";
import { endOf, renewedEnd } from "@/modules/licenses/term";
import { placement, standing } from "@/modules/licenses/verdict";

const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe("a license key", () => {
  test("is six groups of five digits of Crockford's base 32, and reads as itself", () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const key = formatKey(random);
        expect(key).toMatch(
          /^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/,
        );
        expect(readKey(key)).toBe(key);
      }),
    );
  });

  test("keeps 125 bits of its randomness: each of them changes it", () => {
    const none = new Uint8Array(16);
    const keys = new Set<string>([formatKey(none)]);
    for (let bit = 0; bit < 125; bit += 1) {
      const one = new Uint8Array(16);
      one[15 - (bit >> 3)] = 1 << (bit & 7);
      keys.add(formatKey(one));
    }
    expect(keys.size).toBe(126);
  });

  test("is read in any case, with O for 0, I and L for 1, spaces, and no hyphens", () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom("I", "l", "i", "L"), (random, one) => {
        const key = formatKey(random);
        const typed = key
          .toLowerCase()
          .replaceAll("0", "o")
          .replaceAll("1", one)
          .replaceAll("-", " ");
        expect(readKey(` ${typed}`)).toBe(key);
      }),
    );
  });

  test("with one to five wrong digits is no key", () => {
    const places = fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        bytes,
        places,
        fc.array(fc.integer({ min: 1, max: 31 }), {
          minLength: 5,
          maxLength: 5,
        }),
        (random, at, by) => {
          const plain = [...formatKey(random).replaceAll("-", "")];
          at.forEach((place, i) => {
            const value = digits.indexOf(plain[place] ?? "");
            plain[place] = digits.charAt(value ^ (by[i] ?? 1));
          });
          expect(readKey(plain.join(""))).toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });

  test("with any two digits in each other's place is no key", () => {
    fc.assert(
      fc.property(bytes, fc.nat(29), fc.nat(29), (random, a, b) => {
        const plain = [...formatKey(random).replaceAll("-", "")];
        fc.pre(plain[a] !== plain[b]);
        [plain[a], plain[b]] = [plain[b] ?? "", plain[a] ?? ""];
        expect(readKey(plain.join(""))).toBeNull();
      }),
    );
  });

  test("is found by its beginning, however that is typed", () => {
    expect(keyPrefix("0g7k")).toBe("0G7K");
    expect(keyPrefix("og7kd il")).toBe("0G7KD-11");
    expect(keyPrefix("Pro, 3 machines")).toBe("");
    expect(keyPrefix("%")).toBe("");
  });
});

describe("a domain", () => {
  test.each([
    ["Shop.Example.COM", "shop.example.com"],
    ["https://shop.example.com:8443/path?no", null],
    ["https://shop.example.com:8443/path", "shop.example.com"],
    ["shop.example.com.", "shop.example.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["BÜCHER.example", "xn--bcher-kva.example"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
    ["*.example.com", null],
    ["localhost", null],
    ["192.0.2.1", null],
    ["[2001:db8::1]", null],
    ["a@example.com", null],
    ["-a.example.com", null],
    ["a b.example.com", null],
    ["", null],
    ["https://", null],
    ["\u0000.example.com", null],
  ])("%s is %s", (typed, name) => {
    const read = readDomain(typed);
    expect("name" in read ? read.name : null).toBe(name);
  });

  test("in its one form stays as it is", () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        const read = readDomain(domain);
        fc.pre("name" in read);
        expect(readDomain("name" in read ? read.name : "")).toEqual(read);
      }),
    );
  });
});

describe("a license's term", () => {
  const nairobi = { timeZone: "Africa/Nairobi", validDays: null };
  const at = (text: string) => new Date(text);

  test("is its cycle, counted in the customer's zone", () => {
    const monthly = { ...nairobi, interval: "month" as const };
    const begun = at("2026-01-31T21:30:00Z");
    expect(endOf(monthly, begun)).toEqual(at("2026-02-28T21:30:00Z"));
    const march = at("2026-02-28T21:30:00Z");
    expect(endOf({ ...monthly, interval: "year" }, march)).toEqual(
      at("2027-02-28T21:30:00Z"),
    );
  });

  test("is some days, or has no end", () => {
    const once = { ...nairobi, interval: "once" as const };
    const begun = at("2026-01-01T00:00:00Z");
    expect(endOf(once, begun)).toBeNull();
    expect(endOf({ ...once, validDays: 30 }, begun)).toEqual(
      at("2026-01-31T00:00:00Z"),
    );
  });

  test("is renewed along the cycle: from Jan 31 to Feb 28, and to Mar 31", () => {
    const term = {
      timeZone: "UTC",
      validDays: null,
      interval: "month" as const,
    };
    const begun = at("2026-01-31T09:00:00Z");
    const now = at("2026-02-01T00:00:00Z");
    let end = endOf(term, begun) ?? begun;
    const ends = [end];
    for (let i = 0; i < 3; i += 1) {
      end = renewedEnd(term, { begun, end, now }) ?? end;
      ends.push(end);
    }
    expect(ends.map((one) => one.toISOString().slice(0, 10))).toEqual([
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
      "2026-05-31",
    ]);
  });

  test("begins now when it is renewed after its end, and goes on from an end of one's own choice", () => {
    const term = {
      timeZone: "UTC",
      validDays: null,
      interval: "month" as const,
    };
    const begun = at("2026-01-01T00:00:00Z");
    const late = {
      begun,
      end: at("2026-02-01T00:00:00Z"),
      now: at("2026-05-10T12:00:00Z"),
    };
    expect(renewedEnd(term, late)).toEqual(at("2026-06-10T12:00:00Z"));
    const own = { begun, end: at("2026-02-17T05:00:00Z"), now: begun };
    expect(renewedEnd(term, own)).toEqual(at("2026-03-17T05:00:00Z"));
  });
});

describe("the verdict on a license", () => {
  const now = new Date("2026-06-01T00:00:00Z");
  const good = {
    status: "active" as const,
    expires_at: "2026-06-01T00:00:00.001Z",
    customer_status: "active",
  };
  const one = { max_machines: 1, max_domains: null, machines: 0, domains: 0 };

  test("is expired from the instant of its end, before any timer has run", () => {
    expect(standing(good, now)).toBe("VALID");
    expect(standing({ ...good, expires_at: now.toISOString() }, now)).toBe(
      "EXPIRED",
    );
  });

  test("says the license's own reason before the customer's", () => {
    const shut = { ...good, customer_status: "suspended" };
    expect(standing(shut, now)).toBe("CUSTOMER_SUSPENDED");
    expect(standing({ ...shut, status: "revoked" }, now)).toBe("REVOKED");
    expect(standing({ ...shut, status: "suspended" }, now)).toBe("SUSPENDED");
    expect(standing({ ...good, status: "pending" }, now)).toBe("PENDING");
  });

  test.each([
    [one, null, "NO_MACHINE"],
    [one, "machine", "NOT_ACTIVATED"],
    [{ ...one, machines: 1 }, "machine", "TOO_MANY_MACHINES"],
    [{ ...one, max_machines: 0 }, "machine", "TOO_MANY_MACHINES"],
    [one, "domain", "NO_MACHINE"],
    [{ ...one, max_machines: null }, null, "VALID"],
    [{ ...one, max_machines: null }, "machine", "VALID"],
    [{ ...one, max_machines: null, max_domains: 1 }, null, "NO_DOMAIN"],
    [{ ...one, max_machines: null, max_domains: 1 }, "machine", "NO_DOMAIN"],
    [{ ...one, max_domains: 1 }, "domain", "NOT_ACTIVATED"],
    [{ ...one, max_domains: 1, domains: 1 }, "domain", "DOMAIN_MISMATCH"],
  ] as const)("of %j, used on %s, is %s", (slots, kind, code) => {
    expect(placement(slots, kind && { kind, isActive: false })).toBe(code);
    expect(placement(slots, { kind: "machine", isActive: true })).toBe("VALID");
  });
});
