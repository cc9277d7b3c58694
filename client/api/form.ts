import { useForm, type UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import type { CoreEndpoint } from "#shared/wire/core.ts";
import { bodyErrors, serverErrors } from "./check.ts";

type Values = Record<string, string>;

export type CallForm<V extends Values> = {
  readonly fields: UseFormReturnType<V>;
  /** A failure that belongs to no field of the form. */
  readonly failure: Error | null;
  readonly onSubmit: ReturnType<UseFormReturnType<V>["onSubmit"]>;
};

/**
 * A form for one endpoint: checked before sending by the schema that the server uses, and the server's
 * complaints stand at the fields they are about. Focus goes to the first field that has one.
 * `fixed` are parts of the body that no field shows.
 */
export function useCallForm<V extends Values>(
  endpoint: CoreEndpoint,
  { initial, fixed = {}, send }: { initial: V; fixed?: Values; send: (values: V) => Promise<unknown> },
): CallForm<V> {
  const [failure, setFailure] = useState<Error | null>(null);
  const fields = useForm<V>({
    mode: "uncontrolled",
    initialValues: initial,
    validate: (values) => only(initial, bodyErrors(endpoint, { ...values, ...fixed })),
  });

  const focusFirst = (errors: Readonly<Record<string, unknown>>) => {
    const first = Object.keys(initial).find((path) => errors[path]);
    if (first !== undefined) fields.getInputNode(first)?.focus();
  };

  const submit = async (values: V) => {
    setFailure(null);
    try {
      await send(values);
    } catch (cause) {
      const errors = only(initial, serverErrors(cause));
      fields.setErrors(errors);
      if (Object.keys(errors).length > 0) focusFirst(errors);
      else setFailure(cause instanceof Error ? cause : new Error(String(cause)));
    }
  };

  return { fields, failure, onSubmit: fields.onSubmit((values) => void submit(values), focusFirst) };
}

function only<V extends Values>(shown: V, errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).filter(([path]) => path in shown));
}
