"use client";

import { call } from "@/client/call";
import { Callout } from "@/ui/display/callout";
import { LinkButton } from "@/ui/controls/link-button";
import { newPasswordField, ShortForm } from "@/ui/forms/short-form";
import { accountsApi } from "../contract/accounts";

/** Asks for an address, and says that a mail may be on its way. */
export function ForgotPasswordForm() {
  return (
    <ShortForm
      label="Forgot password"
      schema={accountsApi.forgotPassword.body}
      fields={[
        {
          name: "email",
          label: "Email",
          type: "email",
          autoComplete: "username",
        },
      ]}
      button="Send the link"
      pendingLabel="Sending"
      failure="The link was not sent"
      send={async (body) => {
        const { message } = await call(accountsApi.forgotPassword, { body });
        return (
          <Callout tone="success" title="Look into your mail">
            {message} The link in it works for an hour.
          </Callout>
        );
      }}
    />
  );
}

/** Sets a new password by a mailed link. */
export function ResetPasswordForm({ token }: { token: string }) {
  return (
    <ShortForm
      label="New password"
      schema={accountsApi.resetPassword.body.omit({ token: true })}
      fields={[{ ...newPasswordField, label: "New password" }]}
      button="Set password"
      pendingLabel="Setting the password"
      failure="The password was not set"
      send={async ({ password }) => {
        await call(accountsApi.resetPassword, { body: { token, password } });
        return (
          <div className="flex flex-col gap-4">
            <Callout tone="success" title="Your password is set">
              You were signed out everywhere. Sign in with the new one.
            </Callout>
            <LinkButton href="/sign-in" variant="primary">
              Go to sign in
            </LinkButton>
          </div>
        );
      }}
    />
  );
}

/** Changes one's password, knowing the old one. */
export function ChangePasswordForm({
  onDone,
  isSection = false,
}: {
  onDone?: () => void;
  isSection?: boolean;
}) {
  return (
    <ShortForm
      label="Change password"
      isSection={isSection}
      schema={accountsApi.changePassword.body}
      fields={[
        {
          name: "current_password",
          label: "Current password",
          type: "password",
          autoComplete: "current-password",
        },
        {
          ...newPasswordField,
          name: "new_password",
          label: "New password",
        },
      ]}
      button="Change password"
      pendingLabel="Changing the password"
      failure="The password was not changed"
      send={async (body) => {
        await call(accountsApi.changePassword, { body });
        onDone?.();
        return (
          <Callout tone="success" title="Your password is changed">
            Your other sessions have ended.
          </Callout>
        );
      }}
    />
  );
}
