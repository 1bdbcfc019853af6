export { check as POST } from "@/http/hot";
