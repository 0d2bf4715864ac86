// Loaded into every Node process of a test run: a Jest worker ends when the Jest that drives it is gone,
// even in the middle of a test.
if (process.send && process.argv[1]?.includes('jest-worker')) {
  process.once('disconnect', () => process.exit(1));
}
