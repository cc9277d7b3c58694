import { latePart, OpensLate } from "../../ui/late-part.tsx";
import { AccountButton } from "./account-button.tsx";

/** The menu itself: pages are read long before anybody opens it. */
export const lateAccountMenu = latePart(
  async () => (await import("./opened-account-menu.tsx")).OpenedAccountMenu,
);

/** Who I am, the colours of the screen, and the way out. Stands at the right end of every header. */
export function AccountMenu() {
  return (
    <OpensLate
      late={lateAccountMenu}
      props={{}}
      button={(press) => <AccountButton aria-haspopup="menu" aria-expanded={false} onClick={press} />}
    />
  );
}
