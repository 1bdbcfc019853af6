"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { IconButton } from "../controls/icon-button";
import { Menu } from "../overlays/menu";

const choices = [
  { id: "light", label: "Light", icon: <Sun /> },
  { id: "dark", label: "Dark", icon: <Moon /> },
  { id: "system", label: "System", icon: <Monitor /> },
];

/** Chooses light, dark or the system's theme; remembered in this browser. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const isMounted = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  const current = isMounted ? theme : "system";
  return (
    <Menu
      label="Theme"
      trigger={
        <IconButton
          label="Theme"
          placement="bottom"
          icon={choices.find(({ id }) => id === current)?.icon ?? <Monitor />}
        />
      }
      items={choices.map((choice) => ({
        ...choice,
        isCurrent: choice.id === current,
        onAction: () => setTheme(choice.id),
      }))}
    />
  );
}
