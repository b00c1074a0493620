// What the server put into the page: the room, the reader, the words. Nothing here changes the page.

const data = JSON.parse(document.getElementById("page-data").textContent);

export const { room, me, members, messages, assets, failures, timezone, painter } = data;
export const lastReadSeq = data.last_read_seq;
export const hasOlder = data.has_older;
export const assistantLanguage = data.language;
export const maxText = data.max_text;
export const emojis = data.emojis;
export const words = data.strings;
export const language = document.documentElement.lang;

/** The sentence `key` in the reader's language, with `{names}` filled in. */
export function t(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const mayModerate = () => room.role === "owner" || room.role === "moderator";

/** A fresh copy of the partial that the server rendered into `<template id="name-template">`. */
export function clone(name) {
  return document.getElementById(`${name}-template`).content.firstElementChild.cloneNode(true);
}

export const byId = (id) => document.getElementById(id);
