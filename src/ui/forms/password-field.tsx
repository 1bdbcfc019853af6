"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Press } from "@/ui/controls/press";
import { TextField, type TextFieldProps } from "@/ui/forms/text-field";

/** A password that can be looked at while it is typed. */
export function PasswordField(props: TextFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={isShown ? "text" : "password"}
      spellCheck="false"
      suffix={
        <Press
          aria-label="Show password"
          aria-pressed={isShown}
          onPress={() => setShown(!isShown)}
          className="-mx-2.5 flex h-full w-9 cursor-pointer items-center justify-center -outline-offset-2 hover:text-ink"
        >
          {isShown ? (
            <EyeOff aria-hidden className="icon" />
          ) : (
            <Eye aria-hidden className="icon" />
          )}
        </Press>
      }
    />
  );
}
