import type { Codebook } from "#shared/model/codebook.ts";
import { activeTags } from "#shared/model/codebook.ts";
import { Page, Section } from "../../ui/page.tsx";
import css from "./codebook-reader.module.css";
import { TagDefinitionText } from "./tag-definition.tsx";
import { TwoQuestions } from "./two-questions.tsx";
import { Versions } from "./version-list.tsx";

/** The codebook to read, for everybody who does not change it. */
export function CodebookReader({ codebook }: { codebook: Codebook }) {
  return (
    <Page title={codebook.title} lead={codebook.summary}>
      <TwoQuestions codebook={codebook} />
      <Section title="Tags">
        <div className={css.tags}>
          {activeTags(codebook).map((tag) => (
            <TagDefinitionText key={tag.id} codebook={codebook} tag={tag} />
          ))}
        </div>
      </Section>
      {codebook.rules.length > 0 && (
        <Section title="Hard cases">
          <ol className={css.rules}>
            {codebook.rules.map((rule) => (
              <li key={rule.n} value={rule.n}>
                <strong>{rule.title}</strong> {rule.text}
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title="Versions">
        <Versions onTakenBack={() => undefined} />
      </Section>
    </Page>
  );
}
