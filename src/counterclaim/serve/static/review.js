// Keys of the review pages: each presses or goes to what carries it as data-key. Without script all is there to click.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
  if (typing) {
    if (event.key === "Escape") typing.blur();
    return;
  }
  if (!/^[a-z1-9]$/.test(event.key)) return;
  const meant = document.querySelector(`[data-key="${event.key}"]`);
  if (!meant) return;
  event.preventDefault();
  if (meant.matches("input, textarea, select")) meant.focus();
  else meant.click();
});
// A decision that needs words leads to their field, not to a page that says so.
document.addEventListener("click", (event) => {
  const button = event.target.closest("#decide button");
  if (!button) return;
  const reason = document.getElementById("reason");
  const lacking = button.hasAttribute("data-needs-reason") && !reason.value.trim();
  reason.setCustomValidity(lacking ? "Say why, in a few words." : "");
});
