"""Her seated heart rate is far from her own: another woman's strap, fever, or a new medicine."""

from collections.abc import Iterator, Sequence

from server.projection.quality import swap_suspected
from server.projection.quality.finding import Hit
from server.projection.quality.history import FAR_BPM, find_usual, in_order
from server.projection.quality.seen import EveningSigns, HeartSigns


def judge(evenings: Sequence[EveningSigns]) -> Iterator[tuple[str, Hit]]:
    """(session, hit) for each woman and evening; none where her strap is suspected already."""
    hits = swap_suspected.judge(evenings)
    suspected = {(session, code) for session, hit in hits for code in hit.participants}
    earlier: dict[str, list[HeartSigns]] = {}
    for evening in in_order(evenings):
        for code, signs in sorted(evening.of.items()):
            if (evening.session, code) in suspected:
                continue  # and no history of hers afterwards
            usual = find_usual(earlier.get(code, []), None).seated_bpm
            seated = signs.seated_bpm
            if seated is not None and usual is not None and abs(seated - usual) > FAR_BPM:
                facts = {"seated_bpm": round(seated), "usual_bpm": round(usual)}
                yield evening.session, Hit((code,), "", facts)
            earlier.setdefault(code, []).append(signs)
