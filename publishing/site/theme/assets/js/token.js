// Who is this browser, as far as anybody needs to know? A random token for one purpose; no two purposes share one.
import { read, write } from "./store.js";

export function token(purpose) {
  const key = `kb-token:${purpose}`;
  const kept = read(key, "");
  if (typeof kept === "string" && kept) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  write(key, made);
  return made;
}
