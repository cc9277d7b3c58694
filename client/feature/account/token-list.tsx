import { Button, Skeleton, TextInput } from "@mantine/core";
import { useState } from "react";
import { useCallForm } from "../../api/form.ts";
import { type Token, useCreateToken, useRevokeToken, useTokens } from "../../api/tokens.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
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
      <ConfirmDialog
        opened={ending !== null}
        title={`Revoke “${ending?.name ?? ""}”?`}
        action="Revoke"
        busy={revoke.isPending}
        onClose={() => setEnding(null)}
        onConfirm={() => ending && revoke.mutate(ending.id, { onSettled: () => setEnding(null) })}
      >
        Scripts that use this token stop working at once.
      </ConfirmDialog>
    </div>
  );
}

function NewToken() {
  const create = useCreateToken();
  const [made, setMade] = useState<string | null>(null);
  const { fields, failure, onSubmit } = useCallForm("createToken", {
    initial: { name: "" },
    send: async ({ name }) => {
      const { token } = await create.mutateAsync(name);
      setMade(token);
      fields.reset();
    },
  });

  if (made !== null) {
    return (
      <div className={css.made}>
        <p className={css.madeWords}>
          <strong>Copy it now.</strong> It is shown this once; Gloss keeps no readable copy.
        </p>
        <div className={css.inline}>
          <TextInput
            className={css.grow}
            aria-label="New token"
            value={made}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={made} label="Copy token" variant="filled" />
          <Button variant="default" onClick={() => setMade(null)}>
            Done
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <div className={css.inline}>
        <TextInput
          key={fields.key("name")}
          {...fields.getInputProps("name")}
          className={css.grow}
          label="New token"
          placeholder="What it is for, like “nightly export”"
          maxLength={80}
        />
        <Button type="submit" variant="default" loading={create.isPending}>
          Create token
        </Button>
      </div>
      {failure && <ProblemNote>{failure.message}</ProblemNote>}
    </form>
  );
}
