import { Button } from "@mantine/core";
import { Link } from "react-router";
import { StatusScreen } from "../ui/status-screen.tsx";

export function NotFoundPage() {
  return (
    <StatusScreen
      title="There is nothing here"
      actions={
        <Button component={Link} to="/articles">
          All articles
        </Button>
      }
    >
      <p>The address is wrong, or what stood here has been removed. Check the link, or look in the list.</p>
    </StatusScreen>
  );
}
