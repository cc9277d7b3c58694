import { Button, Skeleton, TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";
import { useCallForm } from "../../api/form.ts";
import { type Token, useCreateToken, useRevokeToken, useTokens } from "../../api/tokens.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useFocusFirst } from "../../ui/focus.ts";
import { ProblemNote } from "../../ui/note.tsx";
import { RetryNote } from "../../ui/retry-note.tsx";
import { When } from "../../ui/when.tsx";
import css from "./account.module.css";

/** Keys for scripts that act as me. A token is shown once, when it is made. */
export function TokenList() {
  const tokens = useTokens();
  const revoke = useRevokeToken();
  const [ending, setEnding] = useState<Token | null>(null);

  return (
    <div className={css.tokens}>
      <NewToken />
      {tokens.error && <RetryNote problem={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.isPending && <Skeleton height={48} aria-busy />}
      {tokens.data && tokens.data.items.length > 0 && (
        <ul className={css.tokenList}>
          {tokens.data.items.map((token) => (
            <li key={token.id} className={css.token}>
              <div className={css.grow}>
                <p className={css.tokenName}>{token.name}</p>
                <p className={css.tokenFacts}>
                  made <When at={token.createdAt} />,{" "}
                  {token.lastUsedAt === null ? (
                    "not used yet"
                  ) : (
                    <>
                      last used <When at={token.lastUsedAt} />
                    </>
                  )}
                </p>
              </div>
              <Button variant="subtle" color="red" size="xs" onClick={() => setEnding(token)}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      {ending && (
        <ConfirmDialog
          title={`Revoke “${ending.name}”?`}
          action="Revoke"
          busy={revoke.isPending}
          onClose={() => setEnding(null)}
          onConfirm={() => revoke.mutate(ending.id, { onSettled: () => setEnding(null) })}
        >
          Scripts that use this token stop working at once.
        </ConfirmDialog>
      )}
    </div>
  );
}

function NewToken() {
  const create = useCreateToken();
  const [made, setMade] = useState<string | null>(null);
  const [again, setAgain] = useState(false);
  const { fields, failure, onSubmit } = useCallForm("createToken", {
    initial: { name: "" },
    send: async ({ name }) => {
      const { token } = await create.mutateAsync(name);
      setMade(token);
      setAgain(false);
      fields.reset();
    },
  });

  if (made !== null) {
    return (
      <MadeToken
        token={made}
        onDone={() => {
          setMade(null);
          setAgain(true);
        }}
      />
    );
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <div className={css.inline}>
        <NameField key={fields.key("name")} first={again} {...fields.getInputProps("name")} />
        <Button type="submit" variant="default" loading={create.isPending}>
          Create token
        </Button>
      </div>
      {failure && <ProblemNote>{failure.message}</ProblemNote>}
    </form>
  );
}

/** `first`: it has the focus when it comes back after a token was made. */
function NameField({ first, ...input }: { first: boolean } & TextInputProps) {
  const ref = useFocusFirst<HTMLInputElement>(first);
  return (
    <TextInput
      {...input}
      ref={ref}
      className={css.grow}
      label="New token"
      placeholder="What it is for, like “nightly export”"
      maxLength={80}
    />
  );
}

function MadeToken({ token, onDone }: { token: string; onDone: () => void }) {
  const field = useFocusFirst<HTMLInputElement>();
  return (
    <div className={css.made}>
      <p className={css.madeWords}>
        <strong>Copy it now.</strong> It is shown this once; Gloss keeps no readable copy.
      </p>
      <div className={css.inline}>
        <TextInput
          ref={field}
          className={css.grow}
          aria-label="New token"
          value={token}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={token} label="Copy token" variant="filled" />
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
