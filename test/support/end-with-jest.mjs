// Loaded into every Node process of a test run: a Jest worker ends when the Jest that drives it is gone,
// even in the middle of a test. Asked for again and again, because a listener would keep the worker alive.
if (process.send && process.argv[1]?.includes('jest-worker')) {
  setInterval(() => process.connected || process.exit(1), 250).unref();
}
