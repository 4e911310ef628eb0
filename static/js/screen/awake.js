// The projector must not fall asleep. Browsers allow this over HTTPS and on localhost alone, and take it back with every tab change.

/** Ask for a wake lock now and whenever the page is seen again; without one nothing else changes. */
export function stayAwake() {
  const ask = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", ask);
  ask();
}
