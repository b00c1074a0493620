// What somebody began to write in a room, kept in this browser until it is sent.

export class Draft {
  constructor(key) {
    this.key = key;
  }

  read() {
    return JSON.parse(localStorage.getItem(this.key) ?? "{}");
  }

  write(draft) {
    if (draft.text || draft.to) localStorage.setItem(this.key, JSON.stringify(draft));
    else localStorage.removeItem(this.key);
  }
}
