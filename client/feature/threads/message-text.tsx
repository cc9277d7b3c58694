import type { Message } from "#shared/model/thread.ts";
import { partsOf } from "#shared/thread/parts.ts";
import css from "./message.module.css";

/** What was said: plain text with its links and names. `me`: mentions of this person stand out. */
export function MessageText({ message, me }: { message: Pick<Message, "text" | "mentions">; me: string }) {
  return (
    <p className={css.text}>
      {partsOf(message.text, message.mentions).map((part, key) => {
        switch (part.kind) {
          case "text":
            return part.text;
          case "mention":
            return (
              <span key={key} className={css.mention} data-me={part.users.includes(me) || undefined}>
                {part.text}
              </span>
            );
          case "link":
            return (
              <a key={key} href={part.href} target="_blank" rel="noreferrer noopener nofollow">
                {part.text}
              </a>
            );
        }
      })}
    </p>
  );
}
