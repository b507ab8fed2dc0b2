// Finds pages by words in the index beside it; nothing is asked of any server.
"use strict";
(() => {
  const field = document.getElementById("find");
  const list = document.getElementById("found");
  const told = document.getElementById("told");
  const fold = (words) => words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const pages = window.counterclaimPages.map((page) => ({ ...page, folded: fold(page.title + " " + page.words) }));
  const show = () => {
    const wanted = fold(field.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    list.replaceChildren();
    told.textContent = "";
    if (!wanted.length) return;
    const hits = pages
      .filter((page) => wanted.every((word) => page.folded.includes(word)))
      .sort((one, other) => hitsOf(other, wanted) - hitsOf(one, wanted));
    told.textContent = hits.length === 1 ? "1 page" : hits.length + " pages";
    for (const page of hits.slice(0, 50)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = page.address;
      link.textContent = page.title;
      const words = document.createElement("span");
      words.className = "soft";
      const at = Math.max(0, fold(page.words).indexOf(wanted[0]) - 60);
      words.textContent = " … " + page.words.slice(at, at + 180) + " …";
      item.append(link, words);
      list.append(item);
    }
  };
  const hitsOf = (page, wanted) => wanted.reduce((sum, word) => sum + page.folded.split(word).length, 0);
  field.addEventListener("input", show);
  document.getElementById("search").hidden = false;
})();
