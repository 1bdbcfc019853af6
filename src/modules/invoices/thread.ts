import { serveThread } from "@/platform/threads";
import { drawInvoice } from "./service/pdf/paper";

/** Draws the invoices that other threads send. */
export const drawSent = () => serveThread(drawInvoice);
