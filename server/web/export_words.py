"""What exports are, in the words of pages."""

from server.export.dataset.disclosure import LEAST, Disclosure
from server.export.job import Failure, Job, Stage, Trouble
from server.web.catalogue.spoken import t


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
        "small_groups": t("Too few are alike in them: {columns}", columns=columns),
    }.get(approval, columns)


def tell_disclosure(found: Disclosure) -> str:
    """The k of k-anonymity, and what became of it."""
    columns = ", ".join(found.columns)
    if found.k is None:
        return t("Nobody is in the study yet: there is nobody to be told apart.")
    told = t(
        "The smallest group of participants alike in {columns} has {k}; the least is {least}.",
        columns=columns,
        k=found.k,
        least=LEAST,
    )
    if found.is_safe:
        return told
    few = t("Participants in smaller groups: {n}.", n=found.n_in_small_groups)
    return f"{told} {few}"
