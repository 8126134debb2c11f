"""The short form of the fuzzing: some seconds of mutated archives. The long form is `python tests/fuzz/mutate.py`."""

from mutate import run


def test_mutated_archives_never_raise_hang_or_swell():
    runs, _, peak = run(8, 1, [])
    assert runs > 20 and peak < 600
