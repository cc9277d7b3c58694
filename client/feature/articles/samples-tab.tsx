import { Button, Skeleton, Stack } from "@mantine/core";
import { useCreateFromSample, useSamples } from "../../api/articles.ts";
import { count } from "../../ui/count.ts";
import { ProblemNote } from "../../ui/note.tsx";
import { RetryNote } from "../../ui/retry-note.tsx";
import css from "./new-article.module.css";
import { publishedWords } from "./published.ts";

/** Real texts that come with Gloss, to try it out or to train with. */
export function SamplesTab({ shown, onCreated }: { shown: boolean; onCreated: (id: string) => void }) {
  const samples = useSamples(shown);
  const create = useCreateFromSample();

  if (samples.error) return <RetryNote problem={samples.error} retry={() => void samples.refetch()} />;
  if (!samples.data) {
    return (
      <Stack gap="md" aria-busy>
        <Skeleton height={48} />
        <Skeleton height={48} />
        <Skeleton height={48} />
      </Stack>
    );
  }

  return (
    <Stack gap="md">
      {create.error && <ProblemNote>{create.error.message}</ProblemNote>}
      <ul className={css.samples}>
        {samples.data.items.map((sample) => (
          <li key={sample.id} className={css.sample}>
            <div className={css.sampleText}>
              <p className={css.sampleTitle}>{sample.title}</p>
              <p className={css.sampleFacts}>
                {[sample.publisher, publishedWords(sample.published), count(sample.words, "word")]
                  .filter(Boolean)
                  .join(", ")}
              </p>
            </div>
            <Button
              variant="default"
              aria-label={`Use ${sample.title}`}
              loading={create.isPending && create.variables === sample.id}
              onClick={() => create.mutate(sample.id, { onSuccess: ({ id }) => onCreated(id) })}
            >
              Use
            </Button>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
