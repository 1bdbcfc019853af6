export { validate as POST } from "@/http/hot";
