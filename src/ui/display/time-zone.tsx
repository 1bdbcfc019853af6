"use client";

import {
  createContext,
  useContext,
  useSyncExternalStore,
  type ReactNode,
} from "react";

const ZoneContext = createContext<string | null>(null);

export type TimeZoneProviderProps = {
  /** An IANA zone, as "Africa/Nairobi": the one saved in the viewer's profile. */
  timeZone: string;
  children: ReactNode;
};

/** Sets the zone that times are shown in. Without it the browser's zone is taken. */
export function TimeZoneProvider({
  timeZone,
  children,
}: TimeZoneProviderProps) {
  return <ZoneContext value={timeZone}>{children}</ZoneContext>;
}

/** The viewer's zone. While the server's page is hydrated it is UTC, as in that page. */
export function useTimeZone(): string {
  const given = useContext(ZoneContext);
  const browser = useSyncExternalStore(never, browserZone, () => "UTC");
  return given ?? browser;
}

const never = () => () => {};

function browserZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
