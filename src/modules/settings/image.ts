import { logoBytes } from "./contract";

const signatures: Record<string, (bytes: Buffer) => boolean> = {
  "image/png": (bytes) => bytes.subarray(0, 8).toString("hex") === png,
  "image/jpeg": (bytes) => bytes.subarray(0, 3).toString("hex") === "ffd8ff",
  "image/webp": (bytes) =>
    bytes.toString("latin1", 0, 4) === "RIFF" &&
    bytes.toString("latin1", 8, 12) === "WEBP",
};
const png = "89504e470d0a1a0a";

/**
 * The image inside a `data:` URL, or what is wrong with it. What it is said to be does not count:
 * its first bytes do, since browsers run scripts in some files that call themselves images.
 */
export function readImage(
  dataUrl: string,
): { type: string; bytes: Buffer } | { problem: string } {
  const [head = "", base64 = ""] = dataUrl.split(",", 2);
  const type = head.slice("data:".length, head.indexOf(";"));
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > logoBytes)
    return { problem: "must have at most 200 kB: make it smaller" };
  if (!signatures[type]?.(bytes))
    return { problem: "must be a PNG, JPEG or WebP image, and is not" };
  return { type, bytes };
}
