import { drawSent } from "@/modules/invoices/thread";

// Runs on a thread of a server or a worker, which goes on answering meanwhile.
drawSent();
