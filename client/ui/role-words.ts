import type { Role } from "#shared/model/role.ts";

/** Roles in plain words, least first. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly label: string; readonly can: string }>> = {
  viewer: { label: "Viewer", can: "Reads the articles and everybody's marks." },
  annotator: { label: "Annotator", can: "Reads, marks and comments." },
  editor: { label: "Editor", can: "Marks and comments, changes the text, adds and archives articles." },
  reviewer: { label: "Reviewer", can: "Does what an editor does, and accepts or rejects marks of others." },
  owner: { label: "Owner", can: "Does everything, also people, invitations and the codebook." },
};
