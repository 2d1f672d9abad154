"""A chain that can't be made ready says why in one sentence, and leaves nothing behind."""

import sys
from pathlib import Path

import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.chain import Chain
from firmware_sim.rehearsal.chain_plan import ChainPlan

STRAPS = 'import time; print(\'{"ready": "here", "straps": []}\', flush=True); time.sleep(60)'
SERVER = (
    "import sys, time\n"
    "from pathlib import Path\n"
    "word, data = sys.argv[1], Path(sys.argv[sys.argv.index('--data') + 1])\n"
    "if word == 'init':\n"
    "    data.mkdir()\n"
    "    (data / 'archive').touch()\n"
    "elif word == 'serve':\n"
    "    time.sleep(60)\n"
    "else:\n"
    "    sys.exit(f'no {word} here')\n"
)


async def test_one_sentence_says_what_failed_first(tmp_path: Path) -> None:
    programs = {
        name: (sys.executable, "-c", script)
        for name, script in (("straps", STRAPS), ("server", SERVER), ("gateway", STRAPS))
    }
    chain = Chain(ChainPlan(n_straps=1, programs=programs), tmp_path)
    try:
        with pytest.raises(ProgramError, match="failed with exit code 1: no (gateways|users) here"):
            await chain.prepare()
        assert chain.server.pid is not None
    finally:
        await chain.stop()
    assert [program.pid for program in (chain.straps, chain.server)] == [None, None]
