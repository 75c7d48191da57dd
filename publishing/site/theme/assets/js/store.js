// What does this browser remember? Nothing is lost but memory when storage is switched off or full.

export function read(key, otherwise, storage = () => localStorage) {
  try {
    return JSON.parse(storage().getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function write(key, value, storage = () => localStorage) {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // private window, or full
  }
}

export function forget(key, storage = () => localStorage) {
  try {
    storage().removeItem(key);
  } catch {
    // nothing was kept
  }
}
