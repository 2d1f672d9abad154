// In place of shell/handover.js: what is practised is handed to practices alone, and nothing else comes in.

import { canPack, packHandover as pack, unpackHandover as unpack } from "../../shell/handover.js";

export { canPack };

export const packHandover = (content) => pack({ ...content, doseline_practice: true });

export async function unpackHandover(read) {
  const content = await unpack(read);
  if (content?.doseline_practice !== true) return content && { doseline_evening: true };
  const { doseline_practice, ...practised } = content;
  return practised;
}
