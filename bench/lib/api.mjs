/**
 * A caller of the app's API for setting up and for asking what is not measured.
 * @param {{ port: number, token: string }} options
 * @returns {(method: string, path: string, body?: unknown) => Promise<any>} throws on any answer
 *   but a 2xx
 */
export function api({ port, token }) {
  return async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  };
}

/**
 * Does a task for each item, some at once, and answers in their order.
 * @template In, Out
 * @param {In[]} items
 * @param {number} atOnce
 * @param {(item: In) => Promise<Out>} task
 * @returns {Promise<Out[]>}
 */
export async function forEach(items, atOnce, task) {
  /** @type {Out[]} */
  const results = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let i = next++; i < items.length; i = next++)
        // Safe: i is below the length.
        results[i] = await task(/** @type {In} */ (items[i]));
    }),
  );
  return results;
}
