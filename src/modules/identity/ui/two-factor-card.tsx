"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { renderSVG } from "uqr";
import { call } from "@/client/call";
import { Button } from "@/ui/controls/button";
import { Badge } from "@/ui/display/badge";
import { Callout } from "@/ui/display/callout";
import { Card } from "@/ui/display/card";
import { CopyBlock } from "@/ui/display/copy-block";
import { Dialog } from "@/ui/overlays/dialog";
import { twoFactorApi, type TwoFactorEnrollment } from "../contract/sessions";
import { ShortForm, type ShortField } from "@/ui/forms/short-form";

type Act = "enroll" | "disable" | "renew";

const passwordField: ShortField = {
  name: "password",
  label: "Your password",
  type: "password",
  autoComplete: "current-password",
};
const codeField: ShortField = {
  name: "code",
  label: "Code",
  type: "text",
  autoComplete: "one-time-code",
  description: "Six digits of your authenticator app.",
};

/** Two-factor sign-in: on or off, and how to change that. */
export function TwoFactorCard({ isOn }: { isOn: boolean }) {
  const [act, setAct] = useState<Act | null>(null);
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          Two-factor sign-in
          <Badge tone={isOn ? "success" : "neutral"}>
            {isOn ? "On" : "Off"}
          </Badge>
        </span>
      }
      actions={
        isOn ? (
          <>
            <Button size="sm" onPress={() => setAct("renew")}>
              New recovery codes
            </Button>
            <Button size="sm" onPress={() => setAct("disable")}>
              Turn off
            </Button>
          </>
        ) : (
          <Button size="sm" onPress={() => setAct("enroll")}>
            Turn on
          </Button>
        )
      }
    >
      <p className="text-sm text-ink-muted">
        {isOn
          ? "Signing in takes your password and a code of your authenticator app."
          : "With it on, a stolen password alone opens nothing: signing in takes a code of an authenticator app too."}
      </p>
      {act ? <TwoFactorDialog act={act} onClose={() => setAct(null)} /> : null}
    </Card>
  );
}

const titles: Record<Act, string> = {
  enroll: "Turn on two-factor sign-in",
  disable: "Turn off two-factor sign-in",
  renew: "New recovery codes",
};

function TwoFactorDialog({ act, onClose }: { act: Act; onClose: () => void }) {
  return (
    <Dialog isOpen onOpenChange={onClose} title={titles[act]} size="sm">
      {act === "enroll" ? (
        <EnrollSteps />
      ) : act === "disable" ? (
        <DisableForm />
      ) : (
        <RenewForm />
      )}
    </Dialog>
  );
}

/** The steps that turn two-factor on: password, QR code and first code, recovery codes. */
export function EnrollSteps() {
  const [enrollment, setEnrollment] = useState<TwoFactorEnrollment>();
  const router = useRouter();
  if (!enrollment)
    return (
      <ShortForm
        label="Confirm that it is you"
        schema={twoFactorApi.enroll.body}
        fields={[passwordField]}
        button="Continue"
        pendingLabel="Checking"
        failure="The password was not accepted"
        send={async (body) => {
          setEnrollment(await call(twoFactorApi.enroll, { body }));
          return null;
        }}
      />
    );
  return (
    <div className="flex flex-col gap-4">
      <QrCode enrollment={enrollment} />
      <ShortForm
        label="First code"
        schema={twoFactorApi.confirm.body}
        fields={[codeField]}
        button="Turn on"
        pendingLabel="Turning on"
        failure="The code was not accepted"
        send={async (body) => {
          const { recovery_codes } = await call(twoFactorApi.confirm, { body });
          router.refresh();
          return <Codes codes={recovery_codes} />;
        }}
      />
    </div>
  );
}

function QrCode({ enrollment }: { enrollment: TwoFactorEnrollment }) {
  const svg = renderSVG(enrollment.uri, { border: 2 });
  return (
    <>
      <p className="text-sm text-ink-muted">
        Scan this with your authenticator app, then type the code that it shows.
      </p>
      {/* A picture by address: no markup is put into the page. */}
      {/* eslint-disable-next-line @next/next/no-img-element */}
      <img
        src={`data:image/svg+xml;base64,${btoa(svg)}`}
        alt="QR code of the secret below"
        className="mx-auto h-44 w-44 rounded-lg border bg-white"
      />
      <CopyBlock text={enrollment.secret} label="Secret" />
    </>
  );
}

function Codes({ codes }: { codes: readonly string[] }) {
  return (
    <div className="flex flex-col gap-4">
      <Callout tone="success" title="Store your recovery codes now">
        Each signs you in once when the authenticator is lost. They are not
        shown again.
      </Callout>
      <CopyBlock text={codes.join("\n")} label="Recovery codes" />
    </div>
  );
}

function DisableForm() {
  const router = useRouter();
  return (
    <ShortForm
      label="Turn off two-factor sign-in"
      schema={twoFactorApi.disable.body}
      fields={[passwordField, codeField]}
      button="Turn off"
      pendingLabel="Turning off"
      failure="Two-factor sign-in is still on"
      send={async (body) => {
        await call(twoFactorApi.disable, { body });
        router.refresh();
        return (
          <Callout tone="success">
            Two-factor sign-in is off, and your recovery codes are gone.
          </Callout>
        );
      }}
    />
  );
}

function RenewForm() {
  return (
    <ShortForm
      label="New recovery codes"
      schema={twoFactorApi.renewCodes.body}
      fields={[passwordField, codeField]}
      button="Make new codes"
      pendingLabel="Making new codes"
      failure="The old codes still work"
      send={async (body) => {
        const { recovery_codes } = await call(twoFactorApi.renewCodes, {
          body,
        });
        return <Codes codes={recovery_codes} />;
      }}
    />
  );
}
