import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createAppRouter } from "./app/router.tsx";
import { App } from "./app/app.tsx";
import { createAppQueryClient } from "./app/query-client.ts";
import "./ui/styles.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root");

createRoot(root).render(
  <StrictMode>
    <App router={createAppRouter()} queryClient={createAppQueryClient()} />
  </StrictMode>,
);
