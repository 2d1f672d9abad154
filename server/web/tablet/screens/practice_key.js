// T2: one tap to a rehearsal of the evening. In a practice another module stands in this one's place.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "../html.js";
import { beginPractice } from "../practice/shell/begin.js";
import { makeId } from "../state/entering.js";
import { actor, bundle, planned } from "../state/model.js";

export function PracticeKey() {
  const [trouble, setTrouble] = useState("");
  const begin = () => {
    if (planned.value === null) return setTrouble(t("A practice needs a plan, and none came yet. Go near the Wi-Fi once."));
    return beginPractice(bundle.value, actor.value.name, makeId())
      .catch((error) => setTrouble(t("The practice couldn't begin ({why}). The evening's own store is untouched.", { why: error.message })));
  };
  return html`<button type="button" class="key wide" onClick=${begin}>${t("Practice")}</button>
    ${trouble !== "" && html`<p class="calm" role="status">${trouble}</p>`}`;
}
