/** The version of the app. */
export { version } from "../../package.json";
