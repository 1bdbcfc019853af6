// Preloaded into the server: profiles its CPU until it ends, into the file PROFILE_FILE, which
// Chrome's developer tools open.
import { writeFileSync } from "node:fs";
import inspector from "node:inspector";

const session = new inspector.Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.start");

process.on("exit", () => {
  // The session is of this thread, so it answers before `post` returns.
  session.post("Profiler.stop", (error, result) => {
    if (error) throw error;
    writeFileSync(
      process.env.PROFILE_FILE ?? "server.cpuprofile",
      JSON.stringify(result.profile),
    );
  });
});
