"use client";

import { useRouter } from "next/navigation";
import dynamic from "next/dynamic";
import { call } from "@/client/call";
import { Callout } from "@/ui/display/callout";
import { Card } from "@/ui/display/card";
import { accountsApi, type Profile } from "../contract/accounts";
import type { Session } from "../contract/sessions";
import { ShortForm } from "@/ui/forms/short-form";
import {
  ExternalLoginsCard,
  type ExternalLoginsCardProps,
} from "./external-logins-card";
import { ChangePasswordForm } from "./password-forms";
import { SessionsCard } from "./sessions-card";

const TwoFactorCard = dynamic(() =>
  import("./two-factor-card").then((part) => part.TwoFactorCard),
);

export type AccountScreenProps = {
  profile: Profile;
  sessions: readonly Session[];
  externalLogins: ExternalLoginsCardProps;
};

/** One's own account: name, password, two-factor, sessions, linked sign-ins. */
export function AccountScreen({
  profile,
  sessions,
  externalLogins,
}: AccountScreenProps) {
  const router = useRouter();
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card title="Profile" description={profile.email}>
        <ShortForm
          label="Profile"
          isSection
          schema={accountsApi.updateProfile.body}
          fields={[
            {
              name: "full_name",
              label: "Name",
              type: "text",
              autoComplete: "name",
            },
          ]}
          initial={{ full_name: profile.full_name }}
          button="Save"
          pendingLabel="Saving"
          failure="The name was not saved"
          send={async (body) => {
            await call(accountsApi.updateProfile, { body });
            router.refresh();
            return <Callout tone="success">Your name is saved.</Callout>;
          }}
        />
      </Card>
      <Card title="Password">
        <ChangePasswordForm isSection onDone={() => router.refresh()} />
      </Card>
      <TwoFactorCard isOn={profile.two_factor} />
      <SessionsCard sessions={sessions} />
      <ExternalLoginsCard {...externalLogins} />
    </div>
  );
}
