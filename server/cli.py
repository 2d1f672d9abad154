"""`doseline-server`: the table of its commands."""

import sys
from collections.abc import Sequence

from protocol.commands import Command, dispatch
from protocol.errors import ProtocolError
from server.errors import ServerError
from server.research_commands import RESEARCH

COMMANDS = (
    Command(
        "init",
        "server.commands.init",
        "Make a new data directory.",
        "doseline-server init --data ./study",
    ),
    Command(
        "serve",
        "server.commands.serve",
        "Serve gateways and the live page until stopped.",
        "doseline-server serve --data ./study --port 8000",
    ),
    Command(
        "certs init",
        "server.commands.certs_init",
        "Make an authority and a certificate, so that tablets reach the server over HTTPS.",
        "doseline-server certs init --data ./study --name gym.local --address 192.168.1.20",
    ),
    Command(
        "certs renew",
        "server.commands.certs_renew",
        "Make a new certificate by the same authority; tablets go on trusting it.",
        "doseline-server certs renew --data ./study",
    ),
    Command(
        "certs show",
        "server.commands.certs_show",
        "Say whom the certificate is for and how long it holds, with a code for tablets.",
        "doseline-server certs show --data ./study",
    ),
    Command(
        "gateways enrol",
        "server.commands.gateways_enrol",
        "Give a gateway a token that writes batches and reads its own roster, nothing else.",
        "doseline-server gateways enrol gym --token-file gym.token --data ./study",
    ),
    Command(
        "gateways revoke",
        "server.commands.gateways_revoke",
        "Make a gateway's token worthless at once.",
        "doseline-server gateways revoke gym --data ./study",
    ),
    Command(
        "straps add",
        "server.commands.straps_add",
        "Put a strap on the roster, with the streams its wearer agreed to.",
        "doseline-server straps add 8AA87D20 --model h10 --label 07 --data ./study",
    ),
    Command(
        "straps change",
        "server.commands.straps_change",
        "Withdraw or widen what a strap's wearer agreed to, or give the strap another label.",
        "doseline-server straps change 8AA87D20 --streams heart_rate"
        ' --reason "she wants no movement recorded" --data ./study',
    ),
    Command(
        "plan show",
        "server.commands.plan_show",
        "Show a training plan, week by week.",
        "doseline-server plan show --week 3",
    ),
    Command(
        "plan lint",
        "server.commands.plan_lint",
        "Find every contradiction in a training plan.",
        "doseline-server plan lint our-plan.toml",
    ),
    Command(
        "users add",
        "server.commands.users_add",
        "Let somebody sign in, with a password, and a PIN for those who work on a tablet.",
        "doseline-server users add sara --role trainer --data ./study",
    ),
    Command(
        "users change",
        "server.commands.users_change",
        "Say what somebody is trained as from now on.",
        "doseline-server users change sara --qualification 'physiotherapist, MSc' --data ./study",
    ),
    Command(
        "users disable",
        "server.commands.users_disable",
        "Sign somebody out everywhere and let her in no more.",
        "doseline-server users disable sara --data ./study",
    ),
    Command(
        "users enable",
        "server.commands.users_enable",
        "Let somebody in again who was disabled.",
        "doseline-server users enable sara --data ./study",
    ),
    Command(
        "users password",
        "server.commands.users_password",
        "Give somebody a new password and sign her out everywhere.",
        "doseline-server users password sara --data ./study",
    ),
    Command(
        "users pin",
        "server.commands.users_pin",
        "Give a trainer or an assistant a new PIN and sign her out everywhere.",
        "doseline-server users pin sara --data ./study",
    ),
    Command(
        "users list",
        "server.commands.users_list",
        "Say who may sign in, and as what.",
        "doseline-server users list --data ./study",
    ),
    Command(
        "participants add",
        "server.commands.participants_add",
        "Put a participant, or all of a list, into the study by code.",
        "doseline-server participants add P07 --sign Fig --arm training --data ./study",
    ),
    Command(
        "participants change",
        "server.commands.participants_change",
        "Say how a participant is from now on, and why.",
        "doseline-server participants change P07 --sign Oak --reason 'like P03' --data ./study",
    ),
    Command(
        "participants heart",
        "server.commands.participants_heart",
        "What her heart rates are measured against: rest and maximum; what held before is kept.",
        "doseline-server participants heart P07 --rest 64 --max 178 --data ./study",
    ),
    Command(
        "participants list",
        "server.commands.participants_list",
        "Say who takes part, by code.",
        "doseline-server participants list --data ./study",
    ),
    Command(
        "vault set",
        "server.commands.vault_set",
        "Keep a participant's first name and emergency card apart from study data.",
        "doseline-server vault set P07 --from p07.toml --data ./study",
    ),
    Command(
        "vault log",
        "server.commands.vault_log",
        "Say who read or wrote whose identity, and when.",
        "doseline-server vault log --data ./study",
    ),
    Command(
        "safety show",
        "server.commands.safety_show",
        "Say which limits of heart rate and effort are in force, who signed them, whom to call.",
        "doseline-server safety show --data ./study",
    ),
    Command(
        "safety propose",
        "server.commands.safety_propose",
        "Propose limits, which have no effect until a clinician signs them.",
        "doseline-server safety propose limits.toml --reason 'first visit' --data ./study",
    ),
    Command(
        "safety sign",
        "server.commands.safety_sign",
        "Put the proposed limits in force, as a clinician, with her password.",
        "doseline-server safety sign 3f9a1c20 --as karimi --qualification 'neurologist, 12345'"
        " --reason 'stress test of May' --data ./study",
    ),
    Command(
        "safety phones",
        "server.commands.safety_phones",
        "Say whom to call when something serious happened.",
        "doseline-server safety phones Ambulance=115 'Dr Karimi=+98 21 5550 100' --data ./study",
    ),
    Command(
        "anchors load",
        "server.commands.anchors_load",
        "Show the wording of a scale of effort that the study has a licence for.",
        "doseline-server anchors load borg-fa.toml --statement 'Borg Perception, study 7' "
        "--data ./study",
    ),
    Command(
        "anchors withdraw",
        "server.commands.anchors_withdraw",
        "Show only numbers and the study's own end words again.",
        "doseline-server anchors withdraw borg_6_20 --reason 'licence ended' --data ./study",
    ),
    Command(
        "anchors list",
        "server.commands.anchors_list",
        "Say whose wording is shown and on which licence.",
        "doseline-server anchors list --data ./study",
    ),
    Command(
        "sessions schedule",
        "server.commands.sessions_schedule",
        "Plan all sessions of a training plan, on weekdays at a local time.",
        "doseline-server sessions schedule --plan as_printed --first 2026-11-30 --days mon,wed,fri"
        " --time 17:00 --timezone Asia/Tehran --participants P01,P02 --data ./study",
    ),
    Command(
        "sessions reschedule",
        "server.commands.sessions_reschedule",
        "Move a planned session to another time, with the reason.",
        "doseline-server sessions reschedule 14 --day 2027-01-05 --time 17:00"
        " --timezone Asia/Tehran --reason 'gym closed' --data ./study",
    ),
    Command(
        "sessions import",
        "server.commands.sessions_import",
        "Take in the entries that a tablet saved to a file.",
        "doseline-server sessions import doseline-outbox-9f3a.json --dry-run --data ./study",
    ),
    Command(
        "verify-audit",
        "server.commands.verify_audit",
        "Check that the ledger is what people wrote, and print its head to note elsewhere.",
        "doseline-server verify-audit --data ./study --head heads.txt",
    ),
    Command(
        "backup",
        "server.commands.backup",
        "Copy the whole study, signed, into a new folder on another disk.",
        "doseline-server backup --to /mnt/backups --data ./study",
    ),
    Command(
        "restore",
        "server.commands.restore",
        "Make a new data directory from a backup, or try whether that would work.",
        "doseline-server restore /mnt/backups/20261130T190000Z --drill",
    ),
    Command(
        "compact",
        "server.commands.compact",
        "Move what straps sent in closed sessions into segments, a fifth of the room, same bytes.",
        "doseline-server compact --dry-run --data ./study",
    ),
    Command(
        "check-config",
        "server.commands.check_config",
        "Print the settings in force, secrets masked.",
        "doseline-server check-config --data ./study",
    ),
    *RESEARCH,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = sys.argv[1:] if argv is None else argv
    about = "Keeps what gateways and people send, shows it live, hands out the dataset."
    return dispatch("doseline-server", about, COMMANDS, words, (ServerError, ProtocolError))
