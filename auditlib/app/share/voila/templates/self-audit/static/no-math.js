// Stands where Voila expects MathJax, which it would fetch from a public address. Text stays as it was written.
window.MathJax = {
  Hub: { Config() {}, Configured() {}, Queue() {}, Register: { StartupHook() {} } },
};
