export { discardJob, getSystem, retryJob } from "./service";
