export { verify as POST } from "@/http/hot";
