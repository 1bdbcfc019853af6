export { ingest as POST } from "@/http/hot";
