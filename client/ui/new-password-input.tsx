import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useState } from "react";
import css from "./new-password-input.module.css";
import { strengthOf } from "./password-strength.ts";

/** A field for a password that is being chosen, with a hint that follows the typing. Works uncontrolled. */
export function NewPasswordInput({ label = "Password", ...input }: PasswordInputProps) {
  const [typed, setTyped] = useState("");
  const { level, word, hint } = strengthOf(typed);
  return (
    <PasswordInput
      {...input}
      label={label}
      name="password"
      autoComplete="new-password"
      maxLength={128}
      onInput={(event) => setTyped(event.currentTarget.value)}
      inputWrapperOrder={["label", "input", "error", "description"]}
      description={
        <span className={css.hint}>
          <span className={css.bar} data-level={level} aria-hidden />
          <span>
            {word && <strong>{word}. </strong>}
            {hint}
          </span>
        </span>
      }
    />
  );
}
