import { Anchor, Skeleton } from "@mantine/core";
import { Link, useNavigate, useParams } from "react-router";
import { type Invitation, useInvitation } from "../api/arrive.ts";
import { useMe } from "../api/me.ts";
import { InvitationFailure, invitationFailureTitle } from "../feature/join/invitation-failure.tsx";
import { ContinueAs, JoinForm } from "../feature/join/join-form.tsx";
import { count } from "../ui/count.ts";
import { DoorPage } from "../ui/page.tsx";
import { ROLE_WORDS } from "../ui/role-words.ts";
import { FailureScreen } from "./failure-screen.tsx";
import css from "./join-page.module.css";
import { useWarmArticle } from "./warm.ts";

/** Where an invitation link leads: who invites, to what, as what; then in. */
export function JoinPage() {
  const { code = "" } = useParams();
  const invitation = useInvitation(code);
  const me = useMe();
  const navigate = useNavigate();
  useWarmArticle();

  if (invitation.error && !invitation.data) {
    const title = invitationFailureTitle(invitation.error);
    return title === null ? (
      <FailureScreen problem={invitation.error} retry={() => void invitation.refetch()} />
    ) : (
      <InvitationFailure title={title} problem={invitation.error} signedIn={Boolean(me.data)} />
    );
  }
  if (!invitation.data || me.isPending) return <Waiting />;

  const enter = (query: string) => (articleId: string | null) =>
    void navigate(articleId === null ? "/articles" : `/articles/${articleId}${query}`, { replace: true });

  return (
    <DoorPage
      title={invitation.data.article?.title ?? invitation.data.workspace}
      lead={<Lead invitation={invitation.data} />}
    >
      {me.data ? (
        <ContinueAs code={code} me={me.data} onDone={enter("")} />
      ) : (
        <>
          <JoinForm code={code} role={invitation.data.role} onDone={enter("?welcome=1")} />
          <p className={css.instead}>
            Have an account?{" "}
            <Anchor component={Link} to={`/sign-in?next=${encodeURIComponent(`/j/${code}`)}`}>
              Sign in instead
            </Anchor>
          </p>
        </>
      )}
    </DoorPage>
  );
}

function Lead({ invitation }: { invitation: Invitation }) {
  const { label, can } = ROLE_WORDS[invitation.role];
  return (
    <dl className={css.facts}>
      <div>
        <dt>Invited by</dt>
        <dd>{invitation.host}</dd>
      </div>
      <div>
        <dt>There now</dt>
        <dd>{invitation.here === 0 ? "nobody yet" : count(invitation.here, "person", "people")}</dd>
      </div>
      <div className={css.wide}>
        <dt>Your role</dt>
        <dd>
          {label}. <span className={css.can}>{can}</span>
        </dd>
      </div>
    </dl>
  );
}

function Waiting() {
  return (
    <DoorPage title="An invitation" lead={<Skeleton height={18} width="70%" />}>
      <Skeleton height={42} mb="md" />
      <Skeleton height={42} />
    </DoorPage>
  );
}
