"use client";

import { call } from "@/client/call";
import { ShortForm } from "@/ui/forms/short-form";
import { newPasswordField } from "@/ui/forms/short-form";
import { LinkButton } from "@/ui/controls/link-button";
import { Callout } from "@/ui/display/callout";
import { registrationApi } from "../contract/people";

/** Registers a customer; the address is verified by mail. */
export function RegisterForm() {
  return (
    <ShortForm
      label="Register"
      schema={registrationApi.register.body}
      fields={[
        {
          name: "full_name",
          label: "Your name",
          type: "text",
          autoComplete: "name",
        },
        {
          name: "company_name",
          label: "Company (optional)",
          type: "text",
          autoComplete: "organization",
        },
        {
          name: "email",
          label: "Email",
          type: "email",
          autoComplete: "username",
        },
        newPasswordField,
      ]}
      button="Register"
      pendingLabel="Registering"
      failure="You are not registered yet"
      send={async (body) => {
        const { message } = await call(registrationApi.register, { body });
        return (
          <Callout tone="success" title="Look into your mail">
            {message}
          </Callout>
        );
      }}
    />
  );
}

/** Verifies an address. A button, since programs that look into mails open links. */
export function VerifyEmailForm({ token }: { token: string }) {
  return (
    <ShortForm
      label="Verify your address"
      schema={registrationApi.verifyEmail.body.partial()}
      fields={[]}
      button="Verify my address"
      pendingLabel="Verifying"
      failure="The address was not verified"
      send={async () => {
        const { email } = await call(registrationApi.verifyEmail, {
          body: { token },
        });
        return (
          <div className="flex flex-col gap-4">
            <Callout tone="success" title={`${email} is verified`}>
              Sign in with the password that you chose.
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
