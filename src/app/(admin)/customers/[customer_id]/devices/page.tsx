import type { Metadata } from "next";
import { listDevices } from "@/modules/licenses";
import { DevicesPanel } from "@/modules/licenses/ui/places-panel";
import { titled, type CustomerParams } from "../load";
import { loadPlaces, type PlacesParams } from "../load-places";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Devices of ${name}`);
}

/** The customer's devices. */
export default async function CustomerDevicesPage(props: PlacesParams) {
  return <DevicesPanel {...await loadPlaces(props, listDevices)} />;
}
