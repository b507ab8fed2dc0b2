// Charts: the picture is replaced by one that answers to the pointer. Without this script the picture stays.
"use strict";
(function () {
  const narrow = matchMedia("(max-width: 40rem)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const figures = Array.from(document.querySelectorAll("figure.drawn"));
  if (figures.length === 0) return;
  function draw(figure) {
    const address = narrow.matches ? figure.dataset.narrow : figure.dataset.wide;
    const themed = address + (address.includes("?") ? "&" : "?") + "theme=" + (dark.matches ? "dark" : "light");
    fetch(themed)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((spec) => {
        const plot = document.createElement("div");
        plot.className = "plot";
        plot.hidden = true;
        figure.prepend(plot);
        return window
          .vegaEmbed(plot, spec, { renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: { disableDefaultStyle: true } })
          .then(() => {
            const old = figure.querySelectorAll(".plot");
            for (let i = 1; i < old.length; i += 1) old[i].remove();
            // Read aloud it is one picture with the description that the chart has; every number is in the table below.
            plot.setAttribute("role", "img");
            plot.removeAttribute("aria-roledescription");
            plot.querySelector("svg").setAttribute("aria-hidden", "true");
            plot.hidden = false;
          });
      })
      .catch(() => {
        const spare = figure.querySelectorAll(".plot");
        if (spare.length > 1) spare[0].remove();
      });
  }
  const script = document.createElement("script");
  script.src = "/static/vega.js";
  script.onload = () => {
    const all = () => figures.forEach(draw);
    narrow.addEventListener("change", all);
    dark.addEventListener("change", all);
    all();
  };
  document.head.append(script);
})();
