"""Commands for what is measured, worked out and handed over; a row each."""

from typing import Final

from protocol.commands import Command

RESEARCH: Final = (
    Command(
        "participants measure",
        "server.commands.participants_measure",
        "Take in what was measured and asked at baseline or after the training, from a CSV file.",
        "doseline-server participants measure baseline.csv --data ./study",
    ),
    Command(
        "samples import",
        "server.commands.samples_import",
        "Take in what was found in blood, and what moves it, from a CSV file.",
        "doseline-server samples import elisa.csv --check --data ./study",
    ),
    Command(
        "facts list",
        "server.commands.facts_list",
        "Say what was entered of a participant, entry by entry, with the id of each.",
        "doseline-server facts list P07 --data ./study",
    ),
    Command(
        "facts erase",
        "server.commands.facts_erase",
        "Erase what an entry, or each of a participant, says; that it was there and why it went"
        " stays.",
        "doseline-server facts erase --participant P07 --reason 'she withdrew' --data ./study",
    ),
    Command(
        "dose effort",
        "server.commands.dose_effort",
        "Session RPE load week by week, with monotony and strain.",
        "doseline-server dose effort sessions.csv --json",
    ),
    Command(
        "dose agreement",
        "server.commands.dose_agreement",
        "Compare the repetitions that a chest strap counts with the trainers' numbers.",
        "doseline-server dose agreement --data ./study --json",
    ),
    Command(
        "analyse",
        "server.commands.analyse",
        "Compare arms and relate dose to outcome by a plan; results as JSON, a report beside.",
        "doseline-server analyse participants.csv --outcomes bdnf,gdnf --dose srpe_load_au"
        " --baseline age_y,edss --plan plan.toml --out ./report",
    ),
    Command(
        "analysis plan",
        "server.commands.analysis_plan_add",
        "Put the plan of the analysis in force, before anybody sees an outcome by arm.",
        "doseline-server analysis plan plan.toml --data ./study",
    ),
    Command(
        "analysis lock",
        "server.commands.analysis_lock",
        "Lock the data under that plan; until then a run deals the arms anew by chance.",
        "doseline-server analysis lock --reason 'steering group, 3 March' --data ./study",
    ),
    Command(
        "reporting show",
        "server.commands.reporting_show",
        "Show CONSORT, CERT and TIDieR item by item: filled from data, or needing a sentence.",
        "doseline-server reporting show cert --data ./study",
    ),
    Command(
        "reporting set",
        "server.commands.reporting_set",
        "Give an item of a reporting checklist a sentence of the study's own.",
        "doseline-server reporting set consort-2025/2 --text 'IRCT20260101012345N1, registered"
        " 2 January 2026.' --data ./study",
    ),
    Command(
        "reporting erase",
        "server.commands.reporting_erase",
        "Erase what a sentence of the study's own says; that it was said, and by whom, stays.",
        "doseline-server reporting erase cert/6 1 --reason 'it names somebody' --data ./study",
    ),
    Command(
        "recipients add",
        "server.commands.recipients_add",
        "Say who may be given datasets, and make the key of her pseudonyms.",
        "doseline-server recipients add 'University lab' --key-file lab.key --data ./study",
    ),
    Command(
        "approvals ask",
        "server.commands.approvals_ask",
        "Ask a second person whether a dataset may give away more than goes out to everybody.",
        "doseline-server approvals ask --recipient 'University lab' --profile csv"
        " --approve exact_values --reason 'age is a covariate' --data ./study",
    ),
    Command(
        "approvals decide",
        "server.commands.approvals_decide",
        "Approve or refuse it, as somebody else than who asked, with her password.",
        "doseline-server approvals decide 3 --as bo --approve --data ./study",
    ),
    Command(
        "approvals list",
        "server.commands.approvals_list",
        "Say what was asked to be given away, and who decided what.",
        "doseline-server approvals list --data ./study",
    ),
    Command(
        "study zone",
        "server.commands.study_zone",
        "Say, or set, in which time zone the study's days begin and end.",
        "doseline-server study zone Asia/Tehran --data ./study",
    ),
    Command(
        "export",
        "server.commands.export",
        "Write what the server holds to a folder: tidy tables for somebody, or all bytes.",
        "doseline-server export --profile csv --recipient 'University lab' --key-file lab.key"
        " --data ./study --out ./dataset",
    ),
    Command(
        "dose heart",
        "server.commands.dose_heart",
        "Say what a file of heart rates adds up to: TRIMP, minutes in zones, coverage.",
        "doseline-server dose heart session.csv --rest 62 --max 181 --sex female --json",
    ),
    Command(
        "reps",
        "server.commands.reps",
        "Count repetitions in a chest strap's acceleration.",
        "doseline-server reps chest.csv --rate 50 --exercise sit-to-stand --json",
    ),
    Command(
        "check-summary",
        "server.commands.check_summary",
        "Say whether a published table of two arms at two times is arithmetically possible.",
        "doseline-server check-summary tables.toml --json",
    ),
    Command(
        "dose movement",
        "server.commands.dose_movement",
        "Say how much a chest moved in each epoch of a recording: ENMO and MAD in mg.",
        "doseline-server dose movement chest.csv --rate 100 --autocalibrate --json",
    ),
    Command(
        "rebuild",
        "server.commands.rebuild",
        "Work everything derived out again from archive and ledger.",
        "doseline-server rebuild --data ./study",
    ),
)
