import { Tabs } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../ui/dialog.tsx";
import { FileTab } from "./file-tab.tsx";
import { PasteTab } from "./paste-tab.tsx";
import { SamplesTab } from "./samples-tab.tsx";

export type NewArticleProps = {
  readonly startsWith: "paste" | "samples";
  readonly onClose: () => void;
  /** Called with the id of the article that now exists. */
  readonly onCreated: (id: string) => void;
};

/** Three ways to a new article: paste a text, give a file, take a sample. */
export function NewArticleDialog({ startsWith, onClose, onCreated }: NewArticleProps) {
  const [tab, setTab] = useState<string>(startsWith);
  return (
    <Dialog onClose={onClose} title="New article" size="xl">
      <Tabs value={tab} onChange={(chosen) => setTab(chosen ?? startsWith)} keepMounted>
        <Tabs.List mb="md" aria-label="Where the text comes from">
          <Tabs.Tab value="paste">Paste</Tabs.Tab>
          <Tabs.Tab value="file">File</Tabs.Tab>
          <Tabs.Tab value="samples">Samples</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="paste">
          <PasteTab onCreated={onCreated} />
        </Tabs.Panel>
        <Tabs.Panel value="file">
          <FileTab onCreated={onCreated} />
        </Tabs.Panel>
        <Tabs.Panel value="samples">
          <SamplesTab shown={tab === "samples"} onCreated={onCreated} />
        </Tabs.Panel>
      </Tabs>
    </Dialog>
  );
}
