import { Button, type ButtonProps } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { announce } from "./announcer.tsx";
import { notify } from "./notify.ts";

type Props = Pick<ButtonProps, "variant" | "size" | "fullWidth"> & {
  readonly value: string;
  readonly label?: string;
};

/** Copies `value`; shows and says that it did. Where the browser forbids it, says how to do it by hand. */
export function CopyButton({ value, label = "Copy", ...look }: Props) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_500);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    if (await toClipboard(value)) {
      setCopied(true);
      announce("Copied");
    } else {
      notify({ message: "This browser does not let Gloss copy. Select the text and copy it yourself." });
    }
  };

  return (
    <Button
      {...look}
      leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
      onClick={() => void copy()}
    >
      {copied ? "Copied" : label}
    </Button>
  );
}

/** The clipboard interface exists on https and localhost alone; a team's plain http gets the old way. */
async function toClipboard(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return copyBySelection(value);
  }
}

function copyBySelection(value: string): boolean {
  const before = document.activeElement;
  const holder = document.createElement("textarea");
  holder.value = value;
  holder.style.position = "fixed";
  holder.style.opacity = "0";
  (before?.closest("[role=dialog]") ?? document.body).append(holder);
  holder.select();
  const done = document.execCommand("copy");
  holder.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
