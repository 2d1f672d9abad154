"""What exports are, in the words of pages."""

from server.export.dataset.disclosure import LEAST, Disclosure
from server.export.dataset.telling_apart import SHOWN
from server.export.job import Failure, Job, Stage, Trouble
from server.web.catalogue.spoken import t
from server.web.shown_moment import show_wall_ns


def tell_profile(word: str) -> str:
    """What kind of files."""
    return {
        "csv": t("CSV with a Data Package: R, Python, spreadsheets"),
        "parquet": t("Parquet: R, Python"),
        "spss": t("SPSS, with labels and reasons of absence"),
        "redcap": t("REDCap: data dictionary and import files"),
    }.get(word, word)


def tell_approval(word: str) -> str:
    """What more columns would give away."""
    return {
        "dates": t("Dates"),
        "free_text": t("Free text"),
        "serials": t("Serial numbers of straps"),
        "arms": t("Who trains and who is control"),
        "exact_values": t("Exact age, EDSS, body and therapy in place of bands"),
        "small_groups": t("Columns by which small groups can be told apart"),
    }.get(word, word)


def tell_choice(job: Job) -> str:
    """Recipient and profile in a line."""
    recipient, profile = job.choice.recipient, tell_profile(job.choice.profile)
    return t("{recipient}: {profile}", recipient=recipient, profile=profile)


def tell_stage(job: Job) -> str:
    """Where it stands."""
    return {
        Stage.COUNTING: t("Counting what the dataset would hold…"),
        Stage.COUNTED: t("Counted. Nothing is built yet."),
        Stage.BUILDING: t("Building…"),
        Stage.READY: t("Ready. It is removed after a day, and when the server starts again."),
        Stage.FAILED: t("Failed"),
    }[job.stage]


def tell_failure(failure: Failure) -> str:
    """What happened, what is safe, what to do."""
    if failure.trouble is Trouble.TABLE:
        return t(
            "Table {table}, row {row}: {said}. Nothing was kept, and the study is as it was. Put"
            " this entry right, then begin again.",
            table=failure.table,
            row=failure.row,
            said=failure.said,
        )
    if failure.trouble is Trouble.DISK:
        return t(
            "The disk didn't take it: {said}. Nothing was kept, and the study is as it was. Make"
            " room on the server's disk, then begin again.",
            said=failure.said,
        )
    return t(
        "It stopped: {said}. Nothing was kept, and the study is as it was. Begin again; if it stops"
        " once more, tell whoever looks after the server.",
        said=failure.said,
    )


def tell_left_out(approval: str, columns: str) -> str:
    """Columns, and what wasn't approved."""
    return {
        "dates": t("Dates weren't approved: {columns}", columns=columns),
        "free_text": t("Free text wasn't approved: {columns}", columns=columns),
        "serials": t("Serial numbers weren't approved: {columns}", columns=columns),
        "arms": t("Arms weren't approved: {columns}", columns=columns),
        "exact_values": t(
            "Exact values weren't approved, and in no bands enough are alike: {columns}",
            columns=columns,
        ),
    }.get(approval, columns)


def tell_band(name: str, of: str, words: str) -> str:
    """A column that goes out coarser than it is known."""
    return t("{column}, in place of {exact}: {words}", column=name, exact=of, words=words)


def tell_disclosure(found: Disclosure) -> str:
    """The k of k-anonymity of what goes out."""
    if {*found.columns} <= {*SHOWN}:
        return t("Nothing goes out by which somebody could be told apart, except who trains.")
    return f"{_tell_columns(found)} {tell_alike(found)}"


def tell_exact(found: Disclosure) -> str:
    """The same of exact values, which need an approval."""
    return t("In exact values: {told}", told=tell_alike(found))


def tell_alike(found: Disclosure) -> str:
    """How many are alike, and whether that is enough."""
    if found.k is None:
        return t("Nobody is in the study yet: there is nobody to be told apart.")
    told = t(
        "The smallest group of participants alike has {k}; the least is {least}.",
        k=found.k,
        least=LEAST,
    )
    if found.is_safe:
        return told
    few = t("Participants in smaller groups: {n}.", n=found.n_in_small_groups)
    return f"{told} {few}"


def tell_by(name: str, wall_ns: int) -> str:
    """Somebody, and when."""
    return t("{name}, {at}", name=name, at=show_wall_ns(wall_ns))


def _tell_columns(found: Disclosure) -> str:
    return t("Told apart by: {columns}.", columns=", ".join(found.columns))
