import type { Metadata } from "next";
import { listDomains } from "@/modules/licenses";
import { DomainsPanel } from "@/modules/licenses/ui/places-panel";
import { titled, type CustomerParams } from "../load";
import { loadPlaces, type PlacesParams } from "../load-places";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Domains of ${name}`);
}

/** The customer's domains. */
export default async function CustomerDomainsPage(props: PlacesParams) {
  return <DomainsPanel {...await loadPlaces(props, listDomains)} />;
}
