// After a refused form the reader starts at the summary of what is wrong.
document.querySelector("[data-focus]")?.focus();
