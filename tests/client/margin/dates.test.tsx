// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { FieldsRead } from "../../../client/feature/margin/fields-read.tsx";
import { FieldRow } from "../../../client/feature/margin/field-row.tsx";
import { lateDateMeaning } from "../../../client/feature/margin/late-date.ts";
import { codebook, FakeSession, placedMark } from "../fake-session.ts";
import { clear, fakeDesk, show, shown, WithDesk } from "../workspace/show.tsx";

const TEXT = "We will act.";
const mark = (deadline: string) =>
  placedMark(TEXT, { from: 0, to: 11 }, { id: "1", patch: { fields: { deadline } } });

afterEach(clear);

function desk(published: string) {
  const session = new FakeSession(TEXT);
  session.meta.set({ ...session.meta.get(), published });
  return fakeDesk(session).desk;
}

test("[QCK-16] a date field keeps its words and shows the days they mean", async () => {
  await lateDateMeaning.prefetch();
  await show(
    <WithDesk desk={desk("2026-01-07")}>
      <FieldsRead placed={mark("by the end of the year")} />
    </WithDesk>,
  );
  expect(shown()).toContain("by the end of the year= by 31 Dec 2026");
  const attribute = codebook.attributes.find(({ id }) => id === "deadline");
  if (!attribute) throw new Error("no deadline");
  await show(
    <WithDesk desk={desk("2026-01-07")}>
      <FieldRow placed={mark("when peace comes")} attribute={attribute} missing={false} />
    </WithDesk>,
  );
  expect(shown()).toContain("Kept as words");
});

test("[QCK-16] without a date of the article what counts from it stays words, and this is said", async () => {
  await lateDateMeaning.prefetch();
  await show(
    <WithDesk desk={desk("")}>
      <FieldsRead placed={mark("next year")} />
    </WithDesk>,
  );
  expect(shown()).toContain("the article has no date to count from");
});
