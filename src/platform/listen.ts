type Listening = {
  once(
    event: "error",
    listener: (error: NodeJS.ErrnoException) => void,
  ): unknown;
  listen(port: number, host: string, done: () => void): unknown;
};

/** Listen on a port. Throws words that name the `setting` to change when the port is taken. */
export function listen(
  server: Listening,
  port: number,
  host: string,
  setting: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const busy = `Port ${port} is in use. Stop what uses it, or set ${setting} to another one.`;
      reject(error.code === "EADDRINUSE" ? new Error(busy) : error);
    });
    server.listen(port, host, resolve);
  });
}
