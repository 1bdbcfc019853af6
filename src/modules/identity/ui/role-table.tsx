import { Check, Minus } from "lucide-react";
import {
  permissions,
  staffPermissions,
  staffRoles,
  type StaffRole,
} from "@/shared/permissions";
import { groupPermissions, type PermissionGroup } from "./permission-words";
import { roleName } from "@/ui/format/role-name";

const head =
  "h-9 border-b bg-subtle px-3 text-left text-xs font-medium text-ink-muted";

/** What each role of the team may do, from the one table that the API obeys. */
export function RoleTable() {
  return (
    <div
      role="region"
      aria-label="What each role may do"
      tabIndex={0}
      className="relative overflow-x-auto rounded-b-lg"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th scope="col" className={`${head} sticky left-0 z-1 sm:static`}>
              Area
            </th>
            {staffRoles.map((role) => (
              <th key={role} scope="col" className={head}>
                {roleName(role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="*:last:*:border-b-0">
          {groupPermissions(permissions).map((group) => (
            <tr key={group.id}>
              <th
                scope="row"
                className="sticky left-0 z-1 h-10 border-b bg-canvas px-3 text-left font-medium whitespace-nowrap sm:static"
              >
                {group.label}
                <span className="ml-2 hidden text-xs font-normal text-ink-faint lg:inline">
                  {group.about}
                </span>
              </th>
              {staffRoles.map((role) => (
                <td key={role} className="h-10 border-b px-3">
                  <Grant role={role} group={group} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Grant({ role, group }: { role: StaffRole; group: PermissionGroup }) {
  const held = group.choices.filter(({ permission }) =>
    staffPermissions[role].has(permission),
  );
  if (held.length === 0)
    return (
      <span className="inline-flex items-center text-ink-faint">
        <Minus aria-hidden className="h-3.5 w-3.5" />
        <span className="sr-only">Nothing</span>
      </span>
    );
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Check aria-hidden className="h-3.5 w-3.5 text-success" />
      {held
        .map(({ verb }, at) => (at === 0 ? verb : verb.toLowerCase()))
        .join(", ")}
    </span>
  );
}
