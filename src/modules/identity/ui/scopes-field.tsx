"use client";

import { permissions, type Permission } from "@/shared/permissions";
import { Checkbox } from "@/ui/forms/checkbox";
import { groupPermissions } from "./permission-words";

export type ScopesFieldProps = {
  label: string;
  name: string;
  value: readonly Permission[];
  onChange: (scopes: Permission[]) => void;
  error?: string | undefined;
};

const groups = groupPermissions(permissions);

/** Permissions to choose, an area a row. */
export function ScopesField({
  label,
  name,
  value,
  onChange,
  error,
}: ScopesFieldProps) {
  const chosen = new Set(value);
  const put = (permission: Permission, isOn: boolean) =>
    onChange(
      permissions.filter((one) =>
        one === permission ? isOn : chosen.has(one),
      ),
    );
  return (
    <fieldset
      data-field={name}
      aria-describedby={error ? `${name}-error` : undefined}
      className="flex min-w-0 flex-col gap-1.5"
    >
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="divide-y rounded-lg border">
        {groups.map(({ id, label: area, about, choices }) => (
          <div
            key={id}
            role="group"
            aria-label={area}
            className="flex min-h-10 items-center gap-3 px-3 py-1.5"
          >
            <span className="min-w-0 flex-1 text-sm">
              {area}
              <span className="block text-xs text-ink-faint sm:ml-2 sm:inline">
                {about}
              </span>
            </span>
            {choices.map(({ permission, verb }) => (
              <Checkbox
                key={permission}
                label={verb}
                aria-label={`${verb}: ${area}`}
                isSelected={chosen.has(permission)}
                onChange={(isOn) => put(permission, isOn)}
              />
            ))}
          </div>
        ))}
      </div>
      {error ? (
        <p id={`${name}-error`} className="text-xs text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
