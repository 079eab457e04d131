"""`record.py [--check] [PATH …]`: fills in, or checks, the expectations of recorded vectors."""
import argparse
import asyncio
import logging
import sys
import warnings
from pathlib import Path
from typing import Any

from . import vector as files
from .matching import same_expectation
from .record_turn import OfficialRefused, record
from .record_widget import record_diff, record_template

VECTORS = Path(__file__).resolve().parent.parent / "vectors"


def run_official(vector: dict[str, Any], folder: Path) -> dict[str, Any] | None:
    """The vector as the official SDK answers it; None where the kind has no official counterpart."""
    kind = vector.get("kind", "turn")
    if kind == "turn":
        return asyncio.run(record(vector))
    if kind == "diff":
        return record_diff(vector)
    if kind == "template":
        return record_template(vector, folder)
    return None


def paths_of(arguments: list[str]) -> list[Path]:
    roots = [Path(argument).resolve() for argument in arguments] or [VECTORS]
    found = [path for root in roots for path in (sorted(root.rglob("*.json")) if root.is_dir() else [root])]
    return found


def handle(path: Path, check: bool) -> tuple[str, str]:
    """An outcome and a remark."""
    vector = files.read(path)
    recorded = vector.get("source") == "recorded"
    try:
        official = run_official(vector, path.parent)
    except OfficialRefused as refusal:
        if recorded:
            return "failed", f"the official SDK refused: {refusal}"
        official = None
    except Exception as error:
        if recorded:
            return "failed", f"{type(error).__name__}: {error}"
        official = None
    if not recorded:
        if not check:
            path.write_text(files.as_text(vector), encoding="utf-8")
        if official is not None and same_expectation(vector, official):
            return "same", "specified, but the official SDK does the same"
        return "specified", ""
    if official is None:
        return "failed", "this kind can't be recorded"
    text = files.as_text(official)
    before = path.read_text(encoding="utf-8")
    if check:
        return ("recorded", "") if text == before else ("failed", "the official SDK does something else now")
    path.write_text(text, encoding="utf-8")
    return ("recorded", "") if text == before else ("written", "")


def main() -> int:
    parser = argparse.ArgumentParser(prog="record.py", description="Records conformance vectors from the official SDK.")
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a recorded vector would change")
    parser.add_argument("paths", nargs="*", help="vector files or folders (default: all)")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    counts: dict[str, int] = {}
    for path in paths_of(arguments.paths):
        outcome, remark = handle(path, arguments.check)
        counts[outcome] = counts.get(outcome, 0) + 1
        if remark:
            print(f"{outcome}  {path.relative_to(VECTORS) if path.is_relative_to(VECTORS) else path}: {remark}")
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "no vectors found")
    return 1 if counts.get("failed") or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
