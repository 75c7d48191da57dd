// What was asked on this device lately? Kept here only, until it is cleared.
import { forget, read, write } from "./store.js";

const KEY = "kb-asked";
const KEPT = 5;

export function pastQuestions() {
  const past = read(KEY, []);
  return Array.isArray(past) ? past.filter((q) => typeof q === "string") : [];
}

export function rememberQuestion(q) {
  write(KEY, [q, ...pastQuestions().filter((other) => other !== q)].slice(0, KEPT));
}

export const forgetQuestions = () => forget(KEY);
