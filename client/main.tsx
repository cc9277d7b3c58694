import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { keepForOffline } from "./app/offline.ts";
import { createAppQueryClient } from "./app/query-client.ts";
import { preload } from "./app/router.tsx";
import "./ui/styles.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root");

preload(window.location.pathname);
createRoot(root).render(
  <StrictMode>
    <App queryClient={createAppQueryClient()} />
  </StrictMode>,
);
keepForOffline();
