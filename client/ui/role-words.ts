import type { Role } from "#shared/model/role.ts";

/** Roles in plain words, least first. Each one can also do what stands before it. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly label: string; readonly can: string }>> = {
  viewer: { label: "Viewer", can: "Reads the articles and everybody's marks." },
  annotator: { label: "Annotator", can: "Makes marks and comments of their own." },
  editor: { label: "Editor", can: "Also changes the text and adds or archives articles." },
  reviewer: { label: "Reviewer", can: "Also accepts or rejects marks of others." },
  owner: { label: "Owner", can: "Also manages people, invitations and the codebook." },
};
