"use client";

import { Button } from "@/ui/controls/button";
import { LinkButton } from "@/ui/controls/link-button";
import { CopyBlock } from "@/ui/display/copy-block";
import { DescriptionList } from "@/ui/display/description-list";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { Dialog } from "@/ui/overlays/dialog";
import type { License } from "../contract";
import { placesText } from "./license-words";

/** A license that was just issued, with its key to pass on. */
export function LicenseAdded({
  license,
  onClose,
}: {
  license: License;
  onClose: () => void;
}) {
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`${license.name} is added`}
      description={`${license.customer_name} finds the key in the portal, too.`}
      footer={
        <>
          <LinkButton href={`/licenses/${license.id}`}>Open license</LinkButton>
          <Button variant="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <CopyBlock label="License key" text={license.key} />
        <DescriptionList
          look="grid"
          items={[
            { label: "Status", value: <StatusBadge status={license.status} /> },
            {
              label: "Expires",
              value: (
                <Time
                  value={license.expires_at}
                  empty={license.status === "pending" ? "Not begun" : "Never"}
                />
              ),
            },
            { label: "Used on", value: placesText(license) },
          ]}
        />
      </div>
    </Dialog>
  );
}
