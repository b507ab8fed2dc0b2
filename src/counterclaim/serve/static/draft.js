// A draft on its way: asks how far it is, and shows it when it is read.
"use strict";
(function () {
  const bar = document.getElementById("progress");
  const step = document.getElementById("step");
  function ask() {
    fetch(location.pathname + "/state")
      .then((answer) => answer.json())
      .then((told) => {
        if (told.state !== "reading") {
          location.reload();
          return;
        }
        bar.value = told.done;
        const words = told.step.charAt(0).toUpperCase() + told.step.slice(1) + " …";
        if (step.textContent !== words) step.textContent = words;
        setTimeout(ask, 500);
      })
      .catch(() => setTimeout(ask, 2000));
  }
  ask();
})();
