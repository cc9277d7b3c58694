import { Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useCan } from "../api/self.tsx";
import { ArticleList } from "../feature/articles/article-list.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";

const NewArticleDialog = lazy(async () => ({
  default: (await import("../feature/articles/new-article-dialog.tsx")).NewArticleDialog,
}));

type Tab = "paste" | "samples";

export function ArticlesPage() {
  const [search, setSearch] = useSearchParams();
  const archived = search.get("tab") === "archived";
  const mayCreate = useCan("article.create");
  const navigate = useNavigate();
  const [creating, setCreating] = useState<Tab | null>(null);

  const actions = mayCreate && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setCreating("paste")}>
      New article
    </Button>
  );

  return (
    <Page title="Articles" actions={actions}>
      <SegmentedControl
        aria-label="Which articles"
        data={[
          { value: "active", label: "Active" },
          { value: "archived", label: "Archived" },
        ]}
        value={archived ? "archived" : "active"}
        onChange={(tab) => setSearch(tab === "archived" ? { tab } : {}, { replace: true })}
        style={{ alignSelf: "flex-start" }}
      />
      <ArticleList
        key={archived ? "archived" : "active"}
        archived={archived}
        empty={archived ? <NothingArchived /> : <NothingYet mayCreate={mayCreate} onCreate={setCreating} />}
      />
      <Suspense>
        {creating && (
          <NewArticleDialog
            startsWith={creating}
            onClose={() => setCreating(null)}
            onCreated={(id) => void navigate(`/articles/${id}`)}
          />
        )}
      </Suspense>
    </Page>
  );
}

function NothingArchived() {
  return <EmptyState title="Nothing is archived">Articles that you put away are found here.</EmptyState>;
}

function NothingYet({ mayCreate, onCreate }: { mayCreate: boolean; onCreate: (tab: Tab) => void }) {
  if (!mayCreate) {
    return (
      <EmptyState title="No articles yet">
        An editor or owner of this workspace adds them; they appear here by themselves.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Which article do you want to read together?"
      actions={
        <>
          <Button onClick={() => onCreate("paste")}>Paste or drop a text</Button>
          <Button variant="default" onClick={() => onCreate("samples")}>
            Start from a sample
          </Button>
        </>
      }
    >
      Paste a text, drop a file, or take one of the samples. Then share a link, and everybody marks the same
      text.
    </EmptyState>
  );
}
