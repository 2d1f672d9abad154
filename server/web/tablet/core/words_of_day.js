// Days as people read them. Pure.

/** @param {number} ms UTC @param {string} language @returns {string} "Thursday 26 November" */
export const formatDay = (ms, language) =>
  new Date(ms).toLocaleDateString(language === "en" ? "en-GB" : language, { weekday: "long", day: "numeric", month: "long" });
