// Keys: "/" goes to the search, j and k (or the arrows, once in a list) walk the rows, "?" tells the keys.
"use strict";
(function () {
  const rows = () => Array.from(document.querySelectorAll("main [data-row]")).filter((row) => row.offsetParent !== null);
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  function step(by) {
    const found = rows();
    const here = found.indexOf(document.activeElement);
    const next = here < 0 ? (by > 0 ? 0 : found.length - 1) : here + by;
    if (found[next]) {
      found[next].focus();
      found[next].scrollIntoView({ block: "nearest" });
    }
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const inList = document.activeElement && document.activeElement.hasAttribute("data-row");
    const does = {
      "/": () => document.getElementById("find")?.focus(),
      j: () => step(1),
      k: () => step(-1),
      ArrowDown: inList ? () => step(1) : null,
      ArrowUp: inList ? () => step(-1) : null,
      "?": () => { location.href = "/method#keys"; },
    }[event.key];
    if (does) {
      event.preventDefault();
      does();
    }
  });
  const here = document.querySelector("nav.main [aria-current]");
  const strip = document.querySelector("nav.main");
  if (here && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = here.offsetLeft - strip.clientWidth / 2 + here.offsetWidth / 2;
})();
