import { LifeBuoy } from "lucide-react";
import { LinkButton } from "@/ui/controls/link-button";

export type AskAboutProps = {
  /** What the ticket will be about, by its id. */
  id?: string;
  subject?: string;
  size?: "sm";
};

/** Where a customer's people ask about what they look at. */
export function AskAbout({ id, subject, size }: AskAboutProps) {
  return (
    <LinkButton
      href={askAddress({ id, subject })}
      icon={<LifeBuoy />}
      size={size}
    >
      Open a ticket
    </LinkButton>
  );
}

function askAddress({ id, subject }: Omit<AskAboutProps, "size">): string {
  const query = new URLSearchParams({
    ...(id && { about: id }),
    ...(subject && { subject }),
  });
  return `/portal/support/new?${query.toString()}`;
}
