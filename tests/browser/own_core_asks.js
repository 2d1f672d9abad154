// What the pure parts of a participant's view say, for tests/browser/test_own_core.py.
async () => {
  const { readWindow } = await import("/me/app/core/effort_window.js");
  const { compareDays, formatTime } = await import("/me/app/core/study_time.js");
  const { findStep, readActiveMs } = await import("/me/app/core/steps.js");
  const { draftOwn, findSaid } = await import("/me/app/core/said.js");
  const { sayLighter } = await import("/me/app/screens/after_words.js");
  const { sayTarget } = await import("/me/app/screens/target_words.js");
  const minute = 60_000;
  const evening = Date.UTC(2026, 10, 30, 17);
  const steps = [{ kind: "work", begin_ms: 0, end_ms: 60000, target: { a: 1 } },
    { kind: "rest", begin_ms: 60000, end_ms: 120000, target: null },
    { kind: "work", begin_ms: 120000, end_ms: 180000, target: { a: 2 } }];
  const entry = (device_seq, state, actor = "participant.p07") =>
    ({ session: "s", state, envelope: { kind: "feeling", actor, device_seq, id: `${device_seq}` } });
  return {
    windows: [NaN, -1, 0, 19.9, 20, 120.9, 121].map((after) => readWindow(Number.isNaN(after) ? NaN : evening, evening + (after || 0) * minute).state),
    days: [-1, 0, 6.9, 7.1, 30.9, 31.1].map((hours) => compareDays(evening, evening + hours * 60 * minute, null)),
    tehran: [3.4, 3.6, 27.6].map((hours) => compareDays(evening, evening + hours * 60 * minute, "Asia/Tehran")),
    times: [null, "UTC", "Asia/Tehran"].map((zone) => formatTime(evening, zone, "en")),
    steps: [0, 59999, 60000, 180000].map((ms) => { const { step, next, remainingMs } = findStep(steps, ms);
      return [step?.kind ?? null, next?.target.a ?? null, remainingMs]; }),
    active: [readActiveMs({ held: false, active_ms: 5 }, 7), readActiveMs({ held: true, active_ms: 5 }, 7)],
    said: findSaid([entry(1, "sent"), entry(3, "refused"), entry(2, "waiting"), entry(9, "sent", "participant.p08")],
      "participant.p07", "feeling", "s").id,
    drafts: [draftOwn("feeling", "P07", 1, null, null), draftOwn("feeling", "P07", 1, { id: "x" }, "y"),
      draftOwn("feeling", "P07", 1, null, "y")].map(({ supersedes, reason }) => [supersedes, reason !== null]),
    lighter: [[0, null, false], [1, null, false], [2, "heat", false], [0, null, true]]
      .map(([lighter, why, is_lighter_day]) => sayLighter({ lighter, why, is_lighter_day })),
    target: sayTarget({ amount: 10, unit: "repetitions", band: "red", sides: "each_side", support: "hold" }),
  };
}
