import { Kbd } from "@mantine/core";
import { Fragment } from "react";
import { keyCaps, onMac } from "./keys.ts";
import css from "./key-caps.module.css";

/** A shortcut drawn as key caps. */
export function KeyCaps({ keys }: { keys: string }) {
  const presses = keyCaps(keys, onMac(navigator.platform));
  return (
    <span className={css.caps}>
      {presses.map((caps, at) => (
        <Fragment key={caps.join("+")}>
          {at > 0 && <span className={css.then}>then</span>}
          {caps.map((cap) => (
            <Kbd key={cap} size="xs">
              {cap}
            </Kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
