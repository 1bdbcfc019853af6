export { overview } from "./service";
