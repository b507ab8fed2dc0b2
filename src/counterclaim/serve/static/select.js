// Words that are selected in a report can become a claim: the link to make one goes along, with them. Without script they are copied.
"use strict";
(function () {
  const link = document.getElementById("by-hand");
  const text = document.querySelector("#report .text");
  if (!link || !text) return;
  const plain = link.pathname;
  const chosen = document.createElement("a");
  chosen.className = "chosen-words";
  chosen.hidden = true;
  chosen.textContent = "Make a claim of these words";
  document.querySelector("main").append(chosen);
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().replace(/\s+/g, " ").trim();
    const inside = words && selection.rangeCount && text.contains(selection.getRangeAt(0).commonAncestorContainer);
    chosen.hidden = !inside || words.length > 300;
    if (!chosen.hidden) chosen.href = `${plain}?words=${encodeURIComponent(words)}`;
  });
})();
