// The text of one reply while it is written. Offsets count Unicode code points, as the contract does.

const lengthOf = (text) => {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
};

export class ReplyText {
  attempt = 0;
  text = "";
  length = 0;

  /** Forget the text: a new attempt has begun, or nothing is known. */
  reset(attempt) {
    this.attempt = attempt;
    this.text = "";
    this.length = 0;
  }

  /** Take the whole text so far; a snapshot of an earlier attempt is void. */
  replace({ attempt, text }) {
    if (attempt < this.attempt) return;
    this.attempt = attempt;
    this.text = text;
    this.length = lengthOf(text);
  }

  /** Add a piece. Returns false when text before it is missing. */
  append({ attempt, offset, text }) {
    if (attempt < this.attempt) return true;
    if (attempt > this.attempt) this.reset(attempt);
    if (offset > this.length) return false;
    const known = this.length - offset;
    const fresh = known ? [...text].slice(known).join("") : text;
    this.text += fresh;
    this.length += lengthOf(fresh);
    return true;
  }
}
